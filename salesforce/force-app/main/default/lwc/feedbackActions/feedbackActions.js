import { LightningElement, api } from 'lwc';
import * as words from 'c/words';

/**
 * The five things a rep can say about a lead. It has no box of its own: the buttons go into the area `actions` and the
 * question into the area `choice` of the grid around it.
 */
export default class FeedbackActions extends LightningElement {
  /** The lead's name, for those who hear the page. */
  @api name;
  /** The reasons that stand beside it: what a dispute can be about. */
  @api reasons = [];

  asking = null;
  words = words;

  renderedCallback() {
    if (!this.focusChoice) return;
    this.focusChoice = false;
    this.refs.choice?.focus();
  }

  get label() {
    return words.fill(words.item.actions, this.name);
  }

  handleDone() {
    this.act({ action: 'done', reason: null, snoozeUntil: null, theme: null });
  }

  handleAccept() {
    this.act({ action: 'accept', reason: null, snoozeUntil: null, theme: null });
  }

  handleAsk(event) {
    const { kind } = event.currentTarget.dataset;
    this.asking = this.asking === kind ? null : kind;
    this.focusChoice = this.asking !== null;
  }

  handleCancel() {
    const kind = this.asking;
    this.asking = null;
    this.template.querySelector(`[data-kind="${kind}"]`)?.focus();
  }

  handleChoose(event) {
    this.act({ action: this.asking, ...event.detail });
  }

  /** The question is gone before anyone hears of the answer, so that a row is measured without it. */
  async act(feedback) {
    this.asking = null;
    await Promise.resolve();
    this.dispatchEvent(new CustomEvent('act', { detail: feedback }));
  }
}
