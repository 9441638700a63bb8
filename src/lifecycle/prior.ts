import { chanceOf, chancesOfHistory } from '../rules/index.ts';
import { take } from './rows.ts';
import type { TrainInput } from './train-input.ts';

/**
 * What the points of the rules say of each of the rows: the share of outcomes among these very rows in their band of points. Where
 * points tell nothing, all shares are alike, and so nothing is believed.
 */
export function priorOf({ labels, weights, points }: Pick<TrainInput, 'labels' | 'weights' | 'points'>, rows: Int32Array): Float64Array {
  const own = take(points!, rows);
  const history = chancesOfHistory({ points: own, labels: take(labels, rows), weights: weights ? take(weights, rows) : new Float64Array(rows.length).fill(1) });
  return own.map((each) => chanceOf(each, history));
}
