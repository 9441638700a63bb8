import { LightningElement, api } from 'lwc';
import * as words from 'c/words';

/** What stands in place of content: nothing to show, or a problem and what to do about it. */
export default class StateMessage extends LightningElement {
  @api heading;
  @api hint;
  /** 'empty' or 'problem'. */
  @api kind = 'empty';
  @api canRetry = false;

  retry = words.action.retry;

  get icon() {
    return this.kind === 'problem' ? 'utility:warning' : 'utility:success';
  }

  get role() {
    return this.kind === 'problem' ? 'alert' : 'status';
  }

  handleRetry() {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}
