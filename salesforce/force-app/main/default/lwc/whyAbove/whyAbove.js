import { LightningElement, api } from 'lwc';
import getWhy from '@salesforce/apex/LeadRankController.getWhy';
import { isUnavailable } from 'c/answer';
import { nameOf } from 'c/record';
import * as words from 'c/words';

/** Why one record of the list stands above the next, in one sentence, when somebody asks. */
export default class WhyAbove extends LightningElement {
  /** The item that is asked about. */
  @api item;
  /** The item that stands below it. */
  @api over;

  /** What was said last, and of which two. */
  said = {};
  words = words;

  /** Of other neighbours nothing was said. */
  get sentence() {
    const { decision, below, sentence } = this.said;
    return decision === this.item.decision && below === this.over?.record ? sentence : '';
  }

  async handleAsk() {
    const { item, over } = this;
    const asked = { decision: item.decision, below: over.record, sentence: words.item.whyBusy };
    this.said = asked;
    const sentence = await told(item, over);
    if (this.isLast(asked)) this.said = { ...asked, sentence };
  }

  /** An answer that comes after somebody has asked of others is not kept. */
  isLast({ decision, below }) {
    return this.said.decision === decision && this.said.below === below;
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
