import { LightningElement, api } from 'lwc';
import { ageText, secondsSince } from 'c/age';
import * as words from 'c/words';

const WIDTH = 240;
const HEIGHT = 48;
const PAD = 5;
/** Scores of one sitting are no trend. */
const LEAST_MS = 3_600_000;

/** Scores over time as a small line; the axis is always 0 to 100, so that a flat line looks flat. */
export default class TrendLine extends LightningElement {
  /** @type {{ time: string, score: number }[]} oldest first */
  @api points = [];

  none = words.insight.trendNone;
  viewBox = `0 0 ${WIDTH} ${HEIGHT}`;

  get known() {
    return (this.points ?? []).filter(({ score, time }) => Number.isFinite(score) && !Number.isNaN(Date.parse(time)));
  }

  get hasTrend() {
    const { known } = this;
    return known.length > 1 && Date.parse(known.at(-1).time) - Date.parse(known[0].time) >= LEAST_MS;
  }

  get places() {
    const times = this.known.map(({ time }) => Date.parse(time));
    const span = Math.max(1, times.at(-1) - times[0]);
    return this.known.map(({ score }, index) => ({
      x: (PAD + ((times[index] - times[0]) / span) * (WIDTH - 2 * PAD)).toFixed(1),
      y: (HEIGHT - PAD - (score / 100) * (HEIGHT - 2 * PAD)).toFixed(1),
    }));
  }

  get line() {
    return this.places.map(({ x, y }) => `${x},${y}`).join(' ');
  }

  get area() {
    const { places } = this;
    return `${places[0].x},${HEIGHT} ${this.line} ${places.at(-1).x},${HEIGHT}`;
  }

  get end() {
    return this.places.at(-1);
  }

  get first() {
    return Math.round(this.known[0].score);
  }

  get last() {
    return Math.round(this.known.at(-1).score);
  }

  get spoken() {
    const { known } = this;
    const scores = known.map(({ score }) => Math.round(score));
    const seconds = secondsSince(known[0].time, Date.parse(known.at(-1).time));
    return words.fill(words.insight.trendSpoken, Math.min(...scores), Math.max(...scores), ageText(seconds), this.last);
  }

  get span() {
    return ageText(secondsSince(this.known[0].time, Date.parse(this.known.at(-1).time)));
  }
}
