import { random } from '../base/portable.ts';
import type { Dataset } from './dataset.ts';
import type { FitOptions, Validation } from './options.ts';
import { take, takeCodes, takeRows } from './take.ts';

/** Rows to train on, as `fit` takes them. */
export interface Part {
  data: Dataset;
  labels: Float64Array;
  options: FitOptions;
}

/** Rows to train on, and others that say when to stop. */
export interface HeldOut {
  rest: Part;
  validation: Validation;
}

/** Below this many rows one hold-out says too little: four take turns. */
const FEW_ROWS = 4_000;
const FEW_FOLDS = 4;
/** One row in so many decides when to stop, or one in more: these many rows tell. */
const SHARE = 8;
export const MOST_JUDGED = 100_000;

/** A random eighth of the rows (of many rows fewer), or the four quarters of a small table in turn, each with its share of every label. */
export function randomHoldOuts(all: Part, seed: number): HeldOut[] {
  const isFew = all.data.rows < FEW_ROWS;
  const count = isFew ? FEW_FOLDS : Math.max(SHARE, Math.ceil(all.data.rows / MOST_JUDGED));
  const folds = dealFolds(all.labels, all.options.groups, { count, seed });
  return Array.from({ length: isFew ? FEW_FOLDS : 1 }, (_, fold) => {
    const rows = Int32Array.from(folds.keys());
    return holdOut(all, rows.filter((row) => folds[row] !== fold), rows.filter((row) => folds[row] === fold));
  });
}

/**
 * Deals rows at random into folds of like labels: in the order of their labels, one to each fold in turn. Rows of one
 * group stay together.
 */
function dealFolds(
  labels: Float64Array,
  groups: Int32Array | undefined,
  { count, seed }: { count: number; seed: number },
): Int32Array {
  const source = random(seed).fork('stopping');
  if (groups !== undefined) {
    const foldOf = new Map([...new Set(groups)].map((group) => [group, source.below(count)]));
    return groups.map((group) => foldOf.get(group)!);
  }
  const draws = Float64Array.from(labels, () => source.uniform());
  const order = Int32Array.from(labels.keys()).toSorted((a, b) => labels[a]! - labels[b]! || draws[a]! - draws[b]!);
  const folds = new Int32Array(labels.length);
  order.forEach((row, i) => (folds[row] = i % count));
  return folds;
}

/** Parts a table in two. */
export function holdOut({ data, labels, options }: Part, rest: Int32Array, held: Int32Array): HeldOut {
  const part = (rows: Int32Array) => ({
    data: takeRows(data, rows),
    labels: take(labels, rows),
    ...(options.weights && { weights: take(options.weights, rows) }),
    ...(options.groups && { groups: takeCodes(options.groups, rows) }),
  });
  const { data: restData, labels: restLabels, ...others } = part(rest);
  const believed = options.prior && { prior: take(options.prior, rest) };
  return { rest: { data: restData, labels: restLabels, options: { ...options, ...others, ...believed } }, validation: part(held) };
}

/**
 * Whether the rows to learn from differ in label, and those to judge by have weight; where their level is free, they
 * have to differ as well.
 */
export function isJudgeable({ rest, validation }: HeldOut): boolean {
  const distinct = (labels: Float64Array, weights: Float64Array | undefined): number =>
    new Set(labels.filter((_, row) => weights === undefined || weights[row]! > 0)).size;
  const needed = validation.level === 'free' ? 2 : 1;
  return distinct(rest.labels, rest.options.weights) > 1 && distinct(validation.labels, validation.weights) >= needed;
}
