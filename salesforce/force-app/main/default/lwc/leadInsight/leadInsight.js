import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import getInsight from '@salesforce/apex/LeadRankController.getInsight';
import { readAnswer } from 'c/answer';
import { oddsText } from 'c/odds';
import * as words from 'c/words';

/** One lead: how good, why, what to do, how it came to that, and how the answer was made. */
export default class LeadInsight extends LightningElement {
  @api
  get recordId() {
    return this._recordId;
  }
  set recordId(value) {
    // Another lead's numbers never stand under this lead's name.
    if (value !== this._recordId) this.answer = { state: 'loading' };
    this._recordId = value;
  }

  _recordId;
  answer = { state: 'loading' };
  words = words;

  @wire(getInsight, { recordId: '$_recordId' })
  received(result) {
    this.provisioned = result;
    this.answer = readAnswer(result);
  }

  get isLoading() {
    return this.answer.state === 'loading';
  }

  get problem() {
    return this.answer.problem;
  }

  get insight() {
    return this.answer.value;
  }

  get about() {
    return [this.insight.title, this.insight.company].filter(Boolean).join(', ');
  }

  get grade() {
    return this.insight.grade ? words.fill(words.score.grade, this.insight.grade) : words.item.thinEvidence;
  }

  get ahead() {
    const { score } = this.insight;
    return Number.isFinite(score) ? words.fill(words.score.ahead, Math.round(score)) : '';
  }

  get odds() {
    return oddsText(this.insight.probability);
  }

  get noReasons() {
    return this.insight.reasons.length === 0;
  }

  get largestEffect() {
    return Math.max(0, ...this.insight.reasons.map(({ effect }) => Math.abs(effect)));
  }

  handleRetry() {
    return refreshApex(this.provisioned);
  }
}
