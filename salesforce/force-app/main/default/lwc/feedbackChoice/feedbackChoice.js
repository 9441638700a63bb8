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

/** Disputes of something that the page says: the rep is asked which reason, so that its data can be looked at. */
const OF_A_REASON = ['wrong_reason', 'outdated_data'];

/** A question with its answers as buttons: a click answers it. Escape or Cancel leaves everything as it was. */
export default class FeedbackChoice extends LightningElement {
  /** 'dismiss', 'dispute' or 'snooze'. */
  @api kind;
  /** @type {{ theme: string, sentence: string }[]} the reasons that stand beside it: what can be disputed */
  @api reasons = [];

  day = '';
  /** The code of a dispute that waits for which reason it is about. */
  about = null;
  words = words;

  get question() {
    if (this.about) return words.choice.which;
    return { dismiss: words.choice.dismiss, dispute: words.choice.dispute, snooze: words.choice.snooze }[this.kind];
  }

  get isSnooze() {
    return this.kind === 'snooze';
  }

  get options() {
    if (this.isSnooze) return snoozeTimes(new Date());
    if (this.about) return this.themes.map(({ theme, sentence }) => ({ value: theme, label: sentence }));
    return (REASONS[this.kind] ?? []).map(([value, label]) => ({ value, label }));
  }

  /** One reason a theme: the service takes a dispute by theme. */
  get themes() {
    const reasons = this.reasons ?? [];
    return reasons.filter(({ theme }, index) => reasons.findIndex((other) => other.theme === theme) === index);
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
    if (this.isSnooze) this.answer({ snoozeUntil: value });
    else if (this.about) this.answer({ reason: this.about, theme: value });
    else if (this.kind === 'dispute' && OF_A_REASON.includes(value) && this.themes.length > 1) this.askWhich(value);
    else this.answer({ reason: value, theme: OF_A_REASON.includes(value) ? this.themes[0]?.theme : null });
  }

  /** The keyboard goes on to the new question: the button that was pressed is gone. */
  async askWhich(reason) {
    this.about = reason;
    await Promise.resolve();
    this.focus();
  }

  answer({ reason = null, snoozeUntil = null, theme = null }) {
    this.dispatchEvent(new CustomEvent('choose', { detail: { reason, snoozeUntil, theme } }));
  }
}
