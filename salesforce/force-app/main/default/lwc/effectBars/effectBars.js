import { LightningElement, api } from 'lwc';
import * as words from 'c/words';

const STRONG = 0.6;
const MEDIUM = 0.25;

/** Every reason for or against with a bar as long as its effect, relative to the largest of the answer. */
export default class EffectBars extends LightningElement {
  @api reasons = [];
  /** 'for' or 'against': which side is shown. */
  @api direction = 'for';
  /** The largest absolute effect of the answer, so that both sides share one scale. */
  @api largest = 0;

  get hasRows() {
    return this.rows.length > 0;
  }

  get heading() {
    return this.isFor ? words.reason.forHeading : words.reason.againstHeading;
  }

  get isFor() {
    return this.direction === 'for';
  }

  get rows() {
    const side = (this.reasons ?? []).filter((reason) => reason.direction === this.direction);
    return side.map((reason, index) => {
      const share = this.largest > 0 ? Math.abs(reason.effect) / this.largest : 0;
      const figure = `${reason.effect < 0 ? '−' : '+'}${Math.abs(reason.effect).toFixed(2)}`;
      return {
        key: index,
        sentence: reason.sentence,
        strength: strengthOf(share),
        title: words.fill(words.reason.effect, strengthOf(share), figure),
        bar: `width: ${Math.max(4, Math.round(share * 100))}%`,
        barClass: this.isFor ? 'bar bar_for' : 'bar bar_against',
      };
    });
  }
}

function strengthOf(share) {
  if (share >= STRONG) return words.reason.strong;
  return share >= MEDIUM ? words.reason.medium : words.reason.slight;
}
