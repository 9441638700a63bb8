import { LightningElement, api } from 'lwc';
import { ageText, secondsSince, timeText } from 'c/age';
import { isByRules } from 'c/answer';
import { everyNowAndThen } from 'c/ticker';
import * as words from 'c/words';

/** Of each level what it is called, and what it means for whoever works by it. */
const LEVELS = {
  L0: { text: words.level.l0, hint: words.level.l0Hint },
  L1: { text: words.level.l1, hint: words.level.l1Hint },
  L2: { text: words.level.l2, hint: words.level.l2Hint },
  L3: { text: words.level.l3, hint: words.level.l3Hint },
  L4: { text: words.level.l4, hint: words.level.l4Hint },
};
const KINDS = { lead: words.level.leads, opportunity: words.level.opportunities };

/** How an answer was made, L0 to L4, in words; anything below L0 is a warning that nobody can miss. */
export default class ServiceLevel extends LightningElement {
  /** 'L0' model on fresh features … 'L4' rules in the org. */
  @api level = 'L0';
  /** Why it is not L0, in words, or null. */
  @api reason;
  /** 'control' where an experiment has the rules answer: that is no fault. */
  @api arm;
  /** 'rules' where there is no model yet: that is no fault either. */
  @api design;
  /** ISO time of the data that the answer was made from. */
  @api asOf;
  /** ISO time at which the score was made: the age that counts for a last score. */
  @api scoredAt;
  /** 'whole' where there is room to say what the level means, why it is so and as of when; else that is in the title. */
  @api detail;
  /** Of a list the level of each kind of record; one that is answered otherwise than the list is told apart. */
  @api levels = [];

  now = Date.now();

  connectedCallback() {
    this.now = Date.now();
    this.stop = everyNowAndThen((now) => {
      this.now = now;
    });
  }

  disconnectedCallback() {
    this.stop();
  }

  get isLive() {
    return this.level === 'L0' || isByRules(this);
  }

  get text() {
    return this.called(this);
  }

  /** All that would stand beneath, where there is no room for it. */
  get title() {
    return this.tells ? this.hint : [this.hint, this.reason, this.since].filter(Boolean).join('. ');
  }

  get hint() {
    return meaningOf(this);
  }

  get tells() {
    return this.detail === 'whole';
  }

  /** As of when the answer is, to the minute; nothing at L4, where the org does not know. */
  get since() {
    const time = timeText(this.level === 'L2' ? this.scoredAt : this.asOf);
    return time && words.fill(words.level.asOf, time);
  }

  get kinds() {
    const others = (this.levels ?? []).filter((one) => Object.hasOwn(KINDS, one.kind) && this.called(one) !== this.text);
    return others.map((one) => ({ kind: one.kind, text: words.fill(KINDS[one.kind], this.called(one)), hint: meaningOf(one) }));
  }

  called(one) {
    if (isByRules(one)) return words.level.control;
    const age = ageText(secondsSince(one.level === 'L2' ? this.scoredAt : this.asOf, this.now));
    return words.fill(LEVELS[one.level]?.text ?? one.level, age);
  }
}

function meaningOf(one) {
  if (!isByRules(one)) return LEVELS[one.level]?.hint ?? '';
  return one.arm === 'control' ? words.level.controlHint : words.level.designHint;
}
