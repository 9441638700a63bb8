import { LightningElement, api } from 'lwc';
import { ageText, secondsSince } from 'c/age';
import { everyNowAndThen } from 'c/ticker';
import * as words from 'c/words';

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
    return this.level === 'L0' || this.isByRules;
  }

  get isByRules() {
    return this.arm === 'control' || this.design === 'rules';
  }

  get live() {
    return this.isByRules ? words.level.control : words.level.l0;
  }

  get liveHint() {
    if (!this.isByRules) return words.level.l0Hint;
    return this.arm === 'control' ? words.level.controlHint : words.level.designHint;
  }

  get why() {
    return this.level === 'L4' ? words.level.l4Hint : this.reason;
  }

  get text() {
    const texts = { L1: words.level.l1, L2: words.level.l2, L3: words.level.l3, L4: words.level.l4 };
    return words.fill(texts[this.level] ?? this.level, ageText(secondsSince(this.level === 'L2' ? this.scoredAt : this.asOf, this.now)));
  }
}
