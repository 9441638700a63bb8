import { LightningElement, api, wire } from 'lwc';
import { MessageContext, publish, subscribe, unsubscribe } from 'lightning/messageService';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { refreshApex } from '@salesforce/apex';
import FEEDBACK from '@salesforce/messageChannel/LeadRankFeedback__c';
import getWorklist from '@salesforce/apex/LeadRankController.getWorklist';
import { isByRules, readAnswer } from 'c/answer';
import { give, toastOf } from 'c/feedback';
import { everyNowAndThen } from 'c/ticker';
import { BLANK, acceptOrder, leavesList, mark, offer, unmark } from 'c/worklistState';
import * as words from 'c/words';

const OUTAGE = Object.freeze({ reason: 'service' });
const REFRESH_EVERY_MS = 5 * 60_000;
/** As LeadRankController has it. */
const MOST_ITEMS = 100;

/** Why records are not on the list, by the service's code; a flag of the policy brings words of its own. */
const REASONS = {
  snoozed: words.leftOut.snoozed,
  touched: words.leftOut.touched,
  dismissed: words.leftOut.dismissed,
  converted: words.leftOut.converted,
  closed: words.leftOut.closed,
  deleted: words.leftOut.deleted,
  objected: words.leftOut.objected,
  fatigued: words.leftOut.fatigued,
  absent: words.leftOut.absent,
  account: words.leftOut.account,
};

/** The rep's ranked leads: whom next, why, what to do. */
export default class LeadWorklist extends LightningElement {
  /** The lead whose page is open, if any: its row is highlighted. */
  @api recordId;
  /** How many are shown at first, and more of at a time. */
  @api maxItems = 25;
  pages = 1;

  /** @type {import('c/worklistState').WorklistState} */
  list = BLANK;
  problem = null;
  refreshing = false;
  // A rep waits for what is loading.
  asked = false;
  words = words;

  @wire(MessageContext) messages;

  @wire(getWorklist, { maxItems: '$wanted' })
  received(result) {
    this.provisioned = result;
    const answer = readAnswer(result);
    if (answer.state === 'loading') return;
    this.answeredAt = Date.now();
    this.problem = answer.state === 'problem' ? answer.problem : null;
    if (answer.state !== 'ready') return;
    // What the org can say of itself stands in for no list, not for one that the service made a while ago.
    if (answer.value.level === 'L4' && this.shown && this.shown.level !== 'L4') this.problem = OUTAGE;
    else this.list = this.asked ? acceptOrder({ ...this.list, waiting: answer.value }) : offer(this.list, answer.value);
    this.asked = false;
  }

  connectedCallback() {
    this.subscription = subscribe(this.messages, FEEDBACK, ({ record, feedback }) => this.note(record, feedback));
    this.stop = everyNowAndThen((now) => {
      if (!document.hidden && now - this.answeredAt >= REFRESH_EVERY_MS) this.refresh();
    });
  }

  disconnectedCallback() {
    this.stop();
    unsubscribe(this.subscription);
  }

  get wanted() {
    return Math.min(MOST_ITEMS, this.pages * this.maxItems);
  }

  get shown() {
    return this.list.shown;
  }

  get isLoading() {
    return this.shown === null && this.problem === null;
  }

  get isProblem() {
    return this.shown === null && this.problem !== null;
  }

  get isEmpty() {
    return this.shown?.items.length === 0;
  }

  get hasRows() {
    return this.shown?.items.length > 0;
  }

  /** The list stays in sight when a refresh fails; it only says so. */
  get refreshFailed() {
    return this.shown !== null && this.problem !== null;
  }

  /** Below L0 the level says as of when it is; at L4 nobody knows. */
  get showsAge() {
    return this.shown.level === 'L0' || isByRules(this.shown);
  }

  /** A list that is full may go on. */
  get hasMore() {
    return this.hasRows && this.wanted < MOST_ITEMS && this.shown.items.length >= this.wanted;
  }

  get hasNewOrder() {
    return this.list.waiting !== null;
  }

  get rows() {
    const { items } = this.shown;
    const isOpen = ({ record }) => !leavesList(this.list.marks[record]);
    return items.map((item, index) => ({
      key: item.record,
      item,
      mark: this.list.marks[item.record],
      current: item.record === this.recordId,
      next: items.slice(index + 1).find(isOpen),
    }));
  }

  get count() {
    const open = this.shown.items.filter((item) => !leavesList(this.list.marks[item.record]));
    return words.fill(words.worklist.count, open.length);
  }

  get leftOut() {
    const { leftOut, fill } = words;
    const known = (this.shown?.leftOut ?? []).filter(({ reason, words: said }) => said || Object.hasOwn(REASONS, reason));
    const rest = (this.shown?.leftOut ?? []).filter((one) => !known.includes(one));
    const counted = ({ count, orMore }) => (orMore ? fill(leftOut.orMore, count) : count);
    const texts = known.map((one) => (one.words ? fill(leftOut.flag, one.words, counted(one)) : fill(REASONS[one.reason], counted(one))));
    const others = rest.reduce((sum, { count }) => sum + count, 0);
    if (others > 0) texts.push(fill(leftOut.other, others));
    return texts.length > 0 && fill(words.worklist.leftOut, texts.join(', '));
  }

  async refresh() {
    if (this.refreshing) return;
    this.refreshing = true;
    this.answeredAt = Date.now();
    try {
      await refreshApex(this.provisioned);
    } finally {
      this.refreshing = false;
    }
  }

  /** Whoever asks for a fresh list sees it as it is: nothing moves by itself. */
  async handleRefresh() {
    this.asked = true;
    try {
      await this.refresh();
    } finally {
      this.asked = false;
    }
  }

  /** Whoever asks for more sees them, in the order that holds now. */
  handleMore() {
    this.asked = true;
    this.pages += 1;
  }

  handleNewOrder() {
    this.list = acceptOrder(this.list);
    this.refs.list?.scrollIntoView?.({ block: 'nearest' });
  }

  /** Shows the action at once; takes it back, and says so, when it was not saved. */
  async handleAct({ detail: { record, decision, name, feedback } }) {
    const before = this.list.marks[record] ?? null;
    this.say(record, feedback);
    if (leavesList(feedback)) this.focusAfter(record);
    const saved = await give(decision, feedback);
    if (!saved) this.say(record, before);
    this.dispatchEvent(new ShowToastEvent(toastOf(name, feedback, saved)));
  }

  /** Notes it here and tells the insight on the same page. */
  say(record, feedback) {
    this.note(record, feedback);
    publish(this.messages, FEEDBACK, { record, feedback });
  }

  note(record, feedback) {
    this.list = feedback ? mark(this.list, record, feedback) : unmark(this.list, record);
  }

  /** Moves the keyboard to the next open lead: the buttons that were pressed are gone. */
  focusAfter(record) {
    const rows = [...this.template.querySelectorAll('c-worklist-item')];
    const index = rows.findIndex((row) => row.item.record === record);
    const next = [...rows.slice(index + 1), ...rows.slice(0, index)].find((row) => !leavesList(row.mark));
    next?.focus();
  }
}
