import { LightningElement, api } from 'lwc';
import { dayOf, morningAfter, morningOf, snoozeTimes } from 'c/snoozeTimes';
import * as words from 'c/words';

/** Codes that the service knows, never free text: a note about a person does not belong in a log. */
const REASONS = {
  dismiss: [
    ['not_a_fit', words.dismiss.notAFit],
    ['no_need_now', words.dismiss.notNow],
    ['unreachable', words.dismiss.noContact],
    ['already_working', words.dismiss.alreadyWorking],
    ['duplicate', words.dismiss.duplicate],
  ],
  dispute: [
    ['too_high', words.dispute.tooHigh],
    ['too_low', words.dispute.tooLow],
    ['wrong_reason', words.dispute.wrongReason],
    ['outdated_data', words.dispute.oldData],
  ],
};

/** One question with its answers as buttons: a click answers it. Escape or Cancel leaves everything as it was. */
export default class FeedbackChoice extends LightningElement {
  /** 'dismiss', 'dispute' or 'snooze'. */
  @api kind;

  day = '';
  words = words;

  get question() {
    return { dismiss: words.choice.dismiss, dispute: words.choice.dispute, snooze: words.choice.snooze }[this.kind];
  }

  get isSnooze() {
    return this.kind === 'snooze';
  }

  get options() {
    if (this.isSnooze) return snoozeTimes(new Date());
    return (REASONS[this.kind] ?? []).map(([value, label]) => ({ value, label }));
  }

  get tomorrow() {
    return dayOf(morningAfter(new Date(), 1));
  }

  get noDay() {
    return morningOf(this.day, new Date()) === null;
  }

  /** Puts the keyboard on the first answer. */
  @api
  focus() {
    this.template.querySelector('lightning-button')?.focus();
  }

  handleOption(event) {
    this.choose(event.currentTarget.dataset.value);
  }

  handleDay(event) {
    this.day = event.target.value;
  }

  handleSetDay() {
    const time = morningOf(this.day, new Date());
    if (time) this.choose(time);
  }

  handleKeydown(event) {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.handleCancel();
  }

  handleCancel() {
    this.dispatchEvent(new CustomEvent('cancel'));
  }

  choose(value) {
    const detail = this.isSnooze ? { reason: null, snoozeUntil: value } : { reason: value, snoozeUntil: null };
    this.dispatchEvent(new CustomEvent('choose', { detail }));
  }
}
