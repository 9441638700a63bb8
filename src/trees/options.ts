import { Fault } from '../base/portable.ts';
import type { Dataset } from './dataset.ts';
import { isLossName, type LossName } from './losses.ts';
import { MAX_BORDERS, MAX_DEPTH } from './model.ts';
import { availableCores } from './threads.ts';

/** How to train. What is not given follows from the size of the data: see `defaultsFor`. */
export interface FitOptions {
  /**
   * What is minimised: log-loss of labels 0 and 1 (raw scores are log-odds), RMSE (values), Tweedie deviance of amounts
   * (logarithms of the mean) or 1 - NDCG of grades within groups by LambdaMART (an order). Default log-loss.
   */
  loss?: LossName;
  /** For ranking: one number a row; rows of one number are ranked against one another. */
  groups?: Int32Array;
  /** `balanced`: both labels of a log-loss weigh the same in sum. Raw scores are then no log-odds of these data; give
   * `validation` weights to match. */
  classWeights?: 'balanced';
  /** Fixes the permutation of target statistics and the samples; default 0. */
  seed?: number;
  /** Trees to grow, at most this many with `validation`. Default: as many as held-out rows want, up to 2,000. */
  trees?: number;
  /** Splits a tree, 1 to 8; default 4, or 6 from 2,000 rows. */
  depth?: number;
  /** Shrinkage, in (0, 1]; default 0.05, or 0.1 from 200,000 rows. */
  learningRate?: number;
  /** Added to every leaf's hessian sum, ≥ 0; default 3. */
  l2?: number;
  /** The most borders of a column, 1 to 254; default 254. */
  borders?: number;
  /** One weight a row, ≥ 0; default 1. */
  weights?: Float64Array;
  /** Judges after each tree; the model keeps the trees up to the lowest loss here. */
  validation?: Validation;
  /**
   * When each row is as of, in any unit. The latest rows then decide the number of trees, from half to twice as many as
   * random ones want, judged by what the model says of them next to each other and not by its level. The model still
   * learns from all rows.
   */
  times?: Float64Array;
  /** Training stops when so many trees lower the validation loss by less than 0.01 %; default 50. */
  patience?: number;
  /**
   * Share of the rows that a tree's structure is learned from, in (0, 1]; its leaves always see all. Default 1, or 0.7
   * below 4,000 rows.
   */
  subsample?: number;
  /** How those rows are drawn: `uniform` (default), or `mvs`, which prefers rows whose derivatives are large. */
  sampling?: Sampling;
  /** Share of the columns that a tree may split on, in (0, 1]; default 1, or 0.5 from ten columns. */
  columnSample?: number;
  /** One sign a column: the score may only rise (1) or fall (-1) with it, or as it likes (0, the default). */
  monotone?: readonly number[];
  /**
   * The chance of a 1 that is believed of each row before its label is looked at, for a log-loss: the first trees learn it, the others
   * what is left, so that a model of few outcomes is about as good as the belief.
   */
  prior?: Float64Array;
  /** Threads, this one included; they change nothing but the time. Default: the cores, or 1 where a table is small. */
  threads?: number;
  /** Called after each tree with the number of trees and the validation (else training) loss. */
  onProgress?: (tree: number, loss: number) => void;
  /** Checked before each tree; an abort throws its reason. */
  signal?: AbortSignal;
}

/** Rows that judge a model while it grows. */
export interface Validation {
  data: Dataset;
  labels: Float64Array;
  weights?: Float64Array;
  groups?: Int32Array;
  /**
   * `free`: the loss is what it would be with the best constant added to all scores, so that rows of a time with
   * another positive rate judge the rest of the model.
   */
  level?: 'free';
}

export type Sampling = 'uniform' | 'mvs';

/** Values in a table from which a second thread gains more than it costs to start. */
const WORTH_A_THREAD = 4_000_000;

/** Numbers that `fit` needs, all present and within bounds. */
export interface Settings {
  loss: LossName;
  seed: number;
  trees: number;
  depth: number;
  learningRate: number;
  l2: number;
  borders: number;
  patience: number;
  subsample: number;
  sampling: Sampling;
  columnSample: number;
  threads: number;
}

/**
 * What trains well without tuning. Judged on hold-outs of tables of 200 to 30,000 rows: few rows want fewer and
 * shallower trees, many columns want trees that differ.
 */
function defaultsFor({ rows, columns }: Dataset): Settings {
  return {
    loss: 'log-loss',
    seed: 0,
    trees: 2_000,
    depth: rows < 2_000 ? 4 : 6,
    learningRate: rows < 200_000 ? 0.05 : 0.1,
    l2: 3,
    borders: MAX_BORDERS,
    patience: 50,
    subsample: rows < 4_000 ? 0.7 : 1,
    sampling: 'uniform',
    columnSample: columns.length < 10 ? 1 : 0.5,
    threads: rows * columns.length < WORTH_A_THREAD ? 1 : availableCores(),
  };
}

/** The options with the defaults for this table filled in. Throws a Fault where one is out of bounds. */
export function settle(options: FitOptions, data: Dataset): Settings {
  const defaults = defaultsFor(data);
  const settings: Settings = {
    loss: options.loss ?? defaults.loss,
    seed: options.seed ?? defaults.seed,
    trees: options.trees ?? defaults.trees,
    depth: options.depth ?? defaults.depth,
    learningRate: options.learningRate ?? defaults.learningRate,
    l2: options.l2 ?? defaults.l2,
    borders: options.borders ?? defaults.borders,
    patience: options.patience ?? defaults.patience,
    subsample: options.subsample ?? defaults.subsample,
    sampling: options.sampling ?? defaults.sampling,
    columnSample: options.columnSample ?? defaults.columnSample,
    threads: options.threads ?? defaults.threads,
  };
  if (!isLossName(settings.loss)) {
    throw outOfBounds('loss', settings.loss, 'must be log-loss, rmse, tweedie or ranking');
  }
  if (settings.sampling !== 'uniform' && settings.sampling !== 'mvs') {
    throw outOfBounds('sampling', settings.sampling, 'must be uniform or mvs');
  }
  whole('seed', settings.seed, -(2 ** 31), 2 ** 32);
  whole('trees', settings.trees, 1, 100_000);
  whole('depth', settings.depth, 1, MAX_DEPTH);
  whole('borders', settings.borders, 1, MAX_BORDERS);
  whole('patience', settings.patience, 1, 100_000);
  whole('threads', settings.threads, 1, 256);
  within('learningRate', settings.learningRate, Number.MIN_VALUE, 1);
  within('l2', settings.l2, 0, 1e9);
  within('subsample', settings.subsample, Number.MIN_VALUE, 1);
  within('columnSample', settings.columnSample, Number.MIN_VALUE, 1);
  return settings;
}

function whole(name: string, value: number, low: number, high: number): void {
  within(name, value, low, high);
  if (!Number.isInteger(value)) throw outOfBounds(name, value, 'must be a whole number');
}

function within(name: string, value: number, low: number, high: number): void {
  if (value >= low && value <= high) return;
  const bound = low === Number.MIN_VALUE ? `must lie in (0, ${high}]` : `must lie in ${low} to ${high}`;
  throw outOfBounds(name, value, bound);
}

function outOfBounds(name: string, value: number | string, rule: string): Fault {
  return new Fault({ kind: 'input', value: `${name} ${value}`, rule, remedy: `give another ${name} or leave it out` });
}
