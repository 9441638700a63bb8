import { LightningElement, api } from 'lwc';
import * as words from 'c/words';

const RADIUS = 21;
const ROUND = 2 * Math.PI * RADIUS;

/** A score from 0 to 100 as a ring with its grade; the words carry it for those who do not see the ring. */
export default class ScoreBadge extends LightningElement {
  @api score;
  @api grade;
  /** The level of service; at L4 nobody scores. */
  @api level;

  get hasScore() {
    return Number.isFinite(this.score);
  }

  get figure() {
    return this.hasScore ? Math.round(this.score) : '–';
  }

  get spoken() {
    if (!this.hasScore) return this.level === 'L4' ? words.score.away : words.score.missing;
    const text = this.grade ? words.score.spoken : words.score.spokenNoGrade;
    return words.fill(text, this.figure, this.grade);
  }

  get ringClass() {
    return `ring grade-${(this.grade ?? 'none').toLowerCase()}`;
  }

  get arc() {
    const share = this.hasScore ? Math.min(Math.max(this.score, 0), 100) / 100 : 0;
    return `${(share * ROUND).toFixed(1)} ${ROUND.toFixed(1)}`;
  }
}
