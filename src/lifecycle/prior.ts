import { chanceOf, chancesOfHistory } from '../rules/index.ts';
import { take } from './rows.ts';
import type { TrainInput } from './train-input.ts';

/** From so many records with the outcome on, they foresaw as much without a prior as with it. */
const ENOUGH = 200;

/**
 * What the points of the rules say of each of the rows: the share of outcomes among these very rows in their band of points. Where
 * points tell nothing, all shares are alike, and so nothing is believed. Undefined where there are no points, or enough outcomes.
 */
export function priorOf({ labels, weights, groups, points }: Pick<TrainInput, 'labels' | 'weights' | 'groups' | 'points'>, rows: Int32Array): Float64Array | undefined {
  if (points === undefined) return undefined;
  const had = rows.filter((row) => labels[row] === 1);
  if (new Set(groups ? had.map((row) => groups[row]!) : had).size >= ENOUGH) return undefined;
  const own = take(points, rows);
  const history = chancesOfHistory({ points: own, labels: take(labels, rows), weights: weights ? take(weights, rows) : new Float64Array(rows.length).fill(1) });
  return own.map((each) => chanceOf(each, history));
}
