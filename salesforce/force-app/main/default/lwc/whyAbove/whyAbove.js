import { LightningElement, api } from 'lwc';
import getWhy from '@salesforce/apex/LeadRankController.getWhy';
import { isUnavailable } from 'c/answer';
import { nameOf } from 'c/record';
import * as words from 'c/words';

/** Why one record of the list stands above the next, in one sentence, when somebody asks. */
export default class WhyAbove extends LightningElement {
  /** The item that is asked about. */
  @api
  get item() {
    return this._item;
  }
  set item(value) {
    if (value?.decision !== this._item?.decision) this.sentence = '';
    this._item = value;
  }
  /** The item that stands below it. */
  @api
  get over() {
    return this._over;
  }
  set over(value) {
    if (value?.record !== this._over?.record) this.sentence = '';
    this._over = value;
  }

  _item;
  _over;
  sentence = '';
  words = words;

  /** An answer that comes after the neighbours have changed is not shown. */
  async handleAsk() {
    const { item, over } = this;
    this.sentence = words.item.whyBusy;
    const said = await told(item, over);
    if (item.decision === this.item.decision && over.record === this.over?.record) this.sentence = said;
  }
}

/** The service's sentence with the names that the user sees in the place of ids. */
async function told(item, over) {
  try {
    const answer = await getWhy({ recordId: item.record, overId: over.record });
    if (isUnavailable(answer)) return words.item.whyFailed;
    return [item, over].reduce((text, one) => text.replaceAll(one.record, nameOf(one)), answer.sentence);
  } catch {
    return words.item.whyFailed;
  }
}
