import { random } from '../base/portable.ts';
import { checkCount, checkDataset } from './checks.ts';
import { balanced } from './class-weights.ts';
import type { Dataset } from './dataset.ts';
import { fit } from './fit.ts';
import type { Model } from './model.ts';
import { settle, type FitOptions } from './options.ts';
import { take, takeCodes, takeRows } from './take.ts';

/** Below this many rows one hold-out says too little: four take turns. */
const FEW_ROWS = 4_000;
const FEW_FOLDS = 4;
/** One row in so many decides when to stop. */
const SHARE = 8;
/** From this many rows the model of the others is as good as one of all. */
const MANY_ROWS = 200_000;
/** Trees where too few rows hold both outcomes to hold any out. */
const UNJUDGED_TREES = 100;

/**
 * Trains as `fit.ts` says. Where neither `trees` nor `validation` is given, held-out rows say how many trees to grow;
 * the model is then trained on all rows (from 200,000 on: on those not held out). `onProgress` hears every training.
 */
export function fitStopped(data: Dataset, labels: Float64Array, given: FitOptions = {}): Model {
  if (given.trees !== undefined || given.validation !== undefined) return fit(data, labels, given);
  checkDataset(data);
  checkCount(labels, data.rows);
  const options = weighed(given, labels);
  const { seed } = settle(options, data);
  const isFew = data.rows < FEW_ROWS;
  const folds = dealFolds(labels, options.groups, { count: isFew ? FEW_FOLDS : SHARE, seed });
  const held = Array.from({ length: isFew ? FEW_FOLDS : 1 }, (_, fold) => holdOut({ data, labels, options, folds, fold }));
  if (!held.every(({ rest, validation }) => isJudgeable(rest, validation))) {
    return fit(data, labels, { ...options, trees: UNJUDGED_TREES });
  }
  if (data.rows >= MANY_ROWS) {
    const { rest, validation } = held[0]!;
    return fit(rest.data, rest.labels, { ...rest.options, validation });
  }
  const growth = isFew ? FEW_FOLDS / (FEW_FOLDS - 1) : 1; // more rows bear more trees
  return fit(data, labels, { ...options, trees: Math.max(1, Math.round(growth * bestCount(held))) });
}

/** The options with class weights made row weights, so that held-out rows are weighed as the others are. */
function weighed({ classWeights, ...options }: FitOptions, labels: Float64Array): FitOptions {
  if (classWeights === undefined) return options;
  return { ...options, weights: balanced(options.weights ?? new Float64Array(labels.length).fill(1), labels) };
}

interface Part {
  data: Dataset;
  labels: Float64Array;
  options: FitOptions;
}

interface HeldOut {
  rest: Part;
  validation: NonNullable<FitOptions['validation']>;
}

/** The number of trees with the lowest loss summed over the hold-outs, as far as all of them went. */
function bestCount(held: readonly HeldOut[]): number {
  const curves = held.map(({ rest, validation }) => {
    const losses: number[] = [];
    const onProgress = (tree: number, loss: number): void => {
      losses.push(loss * validation.data.rows);
      rest.options.onProgress?.(tree, loss);
    };
    fit(rest.data, rest.labels, { ...rest.options, validation, onProgress });
    return losses;
  });
  const length = Math.min(...curves.map((losses) => losses.length));
  const sums = Array.from({ length }, (_, tree) => curves.reduce((sum, losses) => sum + losses[tree]!, 0));
  return sums.indexOf(Math.min(...sums)) + 1;
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

function holdOut({ data, labels, options, folds, fold }: Part & { folds: Int32Array; fold: number }): HeldOut {
  const rows = Int32Array.from(labels.keys());
  const part = (which: Int32Array) => ({
    data: takeRows(data, which),
    labels: take(labels, which),
    ...(options.weights && { weights: take(options.weights, which) }),
    ...(options.groups && { groups: takeCodes(options.groups, which) }),
  });
  const { data: restData, labels: restLabels, ...others } = part(rows.filter((row) => folds[row] !== fold));
  return {
    rest: { data: restData, labels: restLabels, options: { ...options, ...others } },
    validation: part(rows.filter((row) => folds[row] === fold)),
  };
}

/** The rows to learn from differ in label, and those to judge by have weight. */
function isJudgeable({ labels, options }: Part, validation: HeldOut['validation']): boolean {
  const weighs = (weights: Float64Array | undefined) => (_: number, row: number) => weights === undefined || weights[row]! > 0;
  const distinct = new Set(labels.filter(weighs(options.weights)));
  return distinct.size > 1 && validation.labels.some(weighs(validation.weights));
}
