import { LightningElement, api } from 'lwc';
import { ageText, secondsSince, timeText } from 'c/age';
import { everyNowAndThen } from 'c/ticker';
import * as words from 'c/words';

/** How old something is, growing while the page is open; the exact time is in the title. */
export default class DataAge extends LightningElement {
  /** ISO time since which the age counts. */
  @api since;
  /** The words around the age, `{0}` where it goes. */
  @api text = words.age.asOf;

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

  get sentence() {
    return words.fill(this.text, ageText(secondsSince(this.since, this.now)));
  }

  get exact() {
    return timeText(this.since);
  }
}
