import { Fault } from '../base/index.ts';
import type { Dataset } from './dataset.ts';
import { MAX_BORDERS, MAX_DEPTH } from './model.ts';

/** How to train. What is not given follows from the size of the data. */
export interface FitOptions {
  /** Fixes the permutation of target statistics and the samples; default 0. */
  seed?: number;
  /** The most trees to grow. */
  trees?: number;
  /** Splits a tree, 1 to 8; default 6. */
  depth?: number;
  /** Shrinkage, in (0, 1]. */
  learningRate?: number;
  /** Added to every leaf's hessian sum, ≥ 0; default 3. */
  l2?: number;
  /** The most borders of a column, 1 to 254; default 254. */
  borders?: number;
  /** One weight a row, ≥ 0; default 1. */
  weights?: Float64Array;
  /** Judges after each tree; the model keeps the trees up to the lowest log-loss here. */
  validation?: { data: Dataset; labels: Float64Array };
  /** Trees without a better validation loss before training stops; default 50. */
  patience?: number;
  /** Share of the rows that a tree's structure is learned from, in (0, 1]; its leaves always see all. Default 1. */
  subsample?: number;
  /** Share of the columns that a tree may split on, in (0, 1]; default 1. */
  columnSample?: number;
  /** Called after each tree with the number of trees and the validation (else training) log-loss. */
  onProgress?: (tree: number, loss: number) => void;
  /** Checked before each tree; an abort throws its reason. */
  signal?: AbortSignal;
}

/** Numbers that `fit` needs, all present and within bounds. */
export interface Settings {
  seed: number;
  trees: number;
  depth: number;
  learningRate: number;
  l2: number;
  borders: number;
  patience: number;
  subsample: number;
  columnSample: number;
}

/** Fills in the defaults for a table of `rows` rows and checks the bounds. */
export function settle(options: FitOptions, rows: number): Settings {
  const settings: Settings = {
    seed: options.seed ?? 0,
    trees: options.trees ?? 500,
    depth: options.depth ?? 6,
    learningRate: options.learningRate ?? 0.05,
    l2: options.l2 ?? 3,
    borders: options.borders ?? MAX_BORDERS,
    patience: options.patience ?? 50,
    subsample: options.subsample ?? 1,
    columnSample: options.columnSample ?? 1,
  };
  void rows;
  whole('seed', settings.seed, -(2 ** 31), 2 ** 32);
  whole('trees', settings.trees, 1, 100_000);
  whole('depth', settings.depth, 1, MAX_DEPTH);
  whole('borders', settings.borders, 1, MAX_BORDERS);
  whole('patience', settings.patience, 1, 100_000);
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

function outOfBounds(name: string, value: number, rule: string): Fault {
  return new Fault({ kind: 'input', value: `${name} ${value}`, rule, remedy: `give another ${name} or leave it out` });
}
