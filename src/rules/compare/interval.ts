import { random } from '../../base/index.ts';
import { qualityOf, type Ranking } from './ranking.ts';

export interface Interval {
  readonly value: number;
  /** The 95 % interval. */
  readonly low: number;
  readonly high: number;
}

export interface Resampling {
  readonly labels: Float64Array;
  readonly weights: Float64Array;
  /** One number a record: its rows are drawn together. */
  readonly groups: Int32Array;
  /** Of which top share the lift is; default a tenth. */
  readonly share?: number;
  readonly draws?: number;
  readonly seed?: number;
}

const DRAWS = 200;

/** What the second ranking gains over the first, in AUC and in the lift of the top share; intervals by a Poisson bootstrap over records. */
export function gainOf(first: Ranking, second: Ranking, { labels, weights, groups, share = 0.1, draws = DRAWS, seed = 1 }: Resampling): { auc: Interval; lift: Interval } {
  const top = [share];
  const gain = (of: Float64Array): [number, number] => {
    const [a, b] = [qualityOf(first, labels, of, top), qualityOf(second, labels, of, top)];
    return [b.auc - a.auc, b.tops[0]!.lift - a.tops[0]!.lift];
  };
  const [auc, lift] = gain(weights);
  const records = groups.reduce((most, group) => Math.max(most, group), -1) + 1;
  const root = random(seed);
  const drawn: [number, number][] = [];
  const times = new Float64Array(records);
  const resampled = new Float64Array(weights.length);
  for (let draw = 0; draw < draws; draw++) {
    for (let record = 0; record < records; record++) times[record] = poisson(root.uniform());
    for (let row = 0; row < weights.length; row++) resampled[row] = weights[row]! * times[groups[row]!]!;
    drawn.push(gain(resampled));
  }
  return { auc: intervalOf(auc, drawn.map(([one]) => one)), lift: intervalOf(lift, drawn.map(([, one]) => one)) };
}

/** Of mean 1, by inversion. */
function poisson(uniform: number): number {
  let count = 0;
  for (let term = 1 / Math.E, sum = term; uniform > sum && count < 12; sum += term) term /= ++count;
  return count;
}

function intervalOf(value: number, drawn: readonly number[]): Interval {
  const sorted = drawn.filter((one) => !Number.isNaN(one)).toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
  return { value, low: at(0.025), high: at(0.975) };
}
