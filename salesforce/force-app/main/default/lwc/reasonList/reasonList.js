import { LightningElement, api } from 'lwc';
import * as words from 'c/words';

/** The first reasons in words, for and against told apart by sign and word, not by colour alone. */
export default class ReasonList extends LightningElement {
  /** @type {{ theme: string, direction: 'for'|'against', sentence: string, effect: number }[]} */
  @api reasons = [];
  @api limit = 3;

  words = words;

  get hasReasons() {
    return this.rows.length > 0;
  }

  get rows() {
    return (this.reasons ?? []).slice(0, this.limit).map((reason, index) => {
      const isFor = reason.direction === 'for';
      return {
        key: index,
        sentence: reason.sentence,
        spoken: isFor ? words.reason.pro : words.reason.con,
        sign: isFor ? '+' : '−',
        signClass: isFor ? 'sign sign_for' : 'sign sign_against',
      };
    });
  }
}
