import { LightningElement, api, wire } from 'lwc';
import { MessageContext, publish, subscribe, unsubscribe } from 'lightning/messageService';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { refreshApex } from '@salesforce/apex';
import FEEDBACK from '@salesforce/messageChannel/LeadRankFeedback__c';
import getInsight from '@salesforce/apex/LeadRankController.getInsight';
import { readAnswer } from 'c/answer';
import { give, markText, toastOf } from 'c/feedback';
import { oddsText } from 'c/odds';
import { aboutOf, nameOf } from 'c/record';
import * as words from 'c/words';

/** One lead: how good, why, what to do, how it came to that, and how the answer was made. */
export default class LeadInsight extends LightningElement {
  @api
  get recordId() {
    return this._recordId;
  }
  set recordId(value) {
    // Another lead's numbers never stand under this lead's name.
    if (value !== this._recordId) {
      this.answer = { state: 'loading' };
      this.said = null;
    }
    this._recordId = value;
  }

  _recordId;
  answer = { state: 'loading' };
  /** @type {import('c/feedback').Feedback|null} what the rep has said since the page opened */
  said = null;
  words = words;

  @wire(MessageContext) messages;

  @wire(getInsight, { recordId: '$_recordId' })
  received(result) {
    this.provisioned = result;
    this.answer = readAnswer(result);
  }

  connectedCallback() {
    this.subscription = subscribe(this.messages, FEEDBACK, ({ record, feedback }) => {
      if (record === this.recordId) this.said = feedback;
    });
  }

  disconnectedCallback() {
    unsubscribe(this.subscription);
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

  get name() {
    return nameOf(this.insight);
  }

  get markText() {
    return markText(this.said);
  }

  get about() {
    return aboutOf(this.insight);
  }

  get grade() {
    const { grade, standing } = this.insight;
    if (!grade) return words.item.thinEvidence;
    const among = standing?.among?.value;
    return among ? words.fill(words.score.gradeAmong, grade, among) : words.fill(words.score.grade, grade);
  }

  get ahead() {
    const { score, kind, level } = this.insight;
    if (!Number.isFinite(score) || level === 'L3') return ''; // points are no share of others
    return words.fill(kind === 'opportunity' ? words.score.aheadDeals : words.score.ahead, Math.min(99, Math.round(score)));
  }

  get odds() {
    return oddsText(this.insight.probability, this.insight.kind);
  }

  get noReasons() {
    return this.insight.reasons.length === 0;
  }

  /** What consent and the other constraints rule out now. */
  get hasRuledOut() {
    return this.insight.action?.leftOut?.length > 0;
  }

  get largestEffect() {
    return Math.max(0, ...this.insight.reasons.map(({ effect }) => Math.abs(effect)));
  }

  /** Points of rules are no model's scores: there is no line of them. */
  get showsTrend() {
    return this.insight.level !== 'L3';
  }

  /** Shows the feedback at once; takes it back, and says so, when it was not saved. */
  async handleAct({ detail: feedback }) {
    const { decision, record } = this.insight;
    const { name } = this;
    this.say(record, feedback);
    const saved = await give(decision, feedback);
    if (!saved) this.say(record, null);
    this.dispatchEvent(new ShowToastEvent(toastOf(name, feedback, saved)));
  }

  /** Notes it here and tells the worklist on the same page. */
  say(record, feedback) {
    if (record === this.recordId) this.said = feedback;
    publish(this.messages, FEEDBACK, { record, feedback });
  }

  handleRetry() {
    return refreshApex(this.provisioned);
  }
}
