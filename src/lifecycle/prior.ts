import { chanceOf, chancesOfHistory } from '../rules/index.ts';
import { rowsWhere, take } from './rows.ts';
import type { TrainInput } from './train-input.ts';

/** From so many records with the outcome on, they foresaw as much without a prior as with it. */
const ENOUGH = 200;

type Given = Pick<TrainInput, 'labels' | 'weights' | 'groups' | 'points'>;

/** What is believed of some rows before their labels are looked at; undefined where nothing is. */
export type Prior = (rows: Int32Array) => Float64Array | undefined;

/**
 * What the points of the rules say of rows: the share of outcomes among these very rows in their band of points. Where points tell
 * nothing, all shares are alike, and so nothing is believed; nor is it where there are no points, or enough outcomes in all: a model
 * of a part of the rows is then of the kind that one of all of them is.
 */
export function priorOf({ labels, weights, groups, points }: Given): Prior {
  if (points === undefined || positivesIn(labels, groups) >= ENOUGH) return () => undefined;
  return (rows) => {
    const own = take(points, rows);
    const history = chancesOfHistory({ points: own, labels: take(labels, rows), weights: weights ? take(weights, rows) : new Float64Array(rows.length).fill(1) });
    return own.map((each) => chanceOf(each, history));
  };
}

/** Records that had the outcome. */
function positivesIn(labels: Float64Array, groups: Int32Array | undefined): number {
  const had = rowsWhere(labels.length, (row) => labels[row] === 1);
  return new Set(groups ? had.map((row) => groups[row]!) : had).size;
}
