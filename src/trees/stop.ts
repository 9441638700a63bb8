import { checkCount, checkDataset } from './checks.ts';
import { balanced } from './class-weights.ts';
import type { Dataset } from './dataset.ts';
import { fit } from './fit.ts';
import { isJudgeable, randomHoldOuts, type HeldOut } from './hold-outs.ts';
import { laterHoldOuts } from './later.ts';
import type { Model } from './model.ts';
import { settle, type FitOptions } from './options.ts';

/** From this many rows the model of the others is as good as one of all, where no row is later than another. */
const MANY_ROWS = 200_000;
/** The latest rows may want so many times fewer or more trees than random ones, and no more: one odd period is no rule. */
const FREEDOM = 2;
/** Trees where too few rows hold both outcomes to hold any out. */
const UNJUDGED_TREES = 100;

/**
 * Trains as `fit.ts` says. Where neither `trees` nor `validation` is given, held-out rows say how many trees to grow:
 * random ones, or with `times` the latest ones, from half to twice as many as random ones want. The model is then trained
 * on all rows (without times, from 200,000 on: on those not held out). `onProgress` hears every training.
 */
export function fitStopped(data: Dataset, labels: Float64Array, given: FitOptions = {}): Model {
  if (given.trees !== undefined || given.validation !== undefined) return fit(data, labels, given);
  checkDataset(data);
  checkCount(labels, data.rows);
  const { times, ...options } = weighed(given, labels);
  const all = { data, labels, options };
  const byChance = randomHoldOuts(all, settle(options, data).seed);
  if (!byChance.every(isJudgeable)) return fit(data, labels, { ...options, trees: UNJUDGED_TREES });
  const later = times === undefined ? [] : laterHoldOuts(all, times);
  if (later.length === 0 && data.rows >= MANY_ROWS) {
    const { rest, validation } = byChance[0]!;
    return fit(rest.data, rest.labels, { ...rest.options, validation });
  }
  const usual = wanted(byChance, data.rows);
  const trees = later.length === 0 ? usual : Math.min(FREEDOM * usual, Math.max(usual / FREEDOM, wanted(later, data.rows)));
  return fit(data, labels, { ...options, trees: Math.max(1, Math.round(trees)) });
}

/** The trees that all rows bear, as far as the held-out ones tell. */
function wanted(held: readonly HeldOut[], rows: number): number {
  return growth(held, rows) * bestCount(held);
}

/** More rows bear more trees; one hold-out leaves so many that the difference is none. */
function growth(held: readonly HeldOut[], rows: number): number {
  return held.length === 1 ? 1 : (held.length * rows) / held.reduce((sum, { rest }) => sum + rest.data.rows, 0);
}

/** The options with class weights made row weights, so that held-out rows are weighed as the others are. */
function weighed({ classWeights, ...options }: FitOptions, labels: Float64Array): FitOptions {
  if (classWeights === undefined) return options;
  return { ...options, weights: balanced(options.weights ?? new Float64Array(labels.length).fill(1), labels) };
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
