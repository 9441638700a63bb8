import { Fault } from '../base/portable.ts';
import { createBatch } from './batch.ts';
import type { Dataset, Value } from './dataset.ts';
import { createEncoder, createRowEncoder } from './encode.ts';
import { pathDependent, type PartialValues } from './explain.ts';
import { flatten, SWIZZLED_BLOCKS } from './flatten.ts';
import { interventional } from './interventional.ts';
import type { Model } from './model.ts';
import { placeModel } from './place.ts';
import { buildTables, tableWidth } from './tables.ts';

/** Scores rows with a model. Not to be shared between threads; between calls it keeps no state. */
export interface Scorer {
  /** The input columns, in the order of a row. */
  readonly features: readonly string[];
  /** Log-odds of one row. Throws a Fault where the row has another length or a text stands for a number. */
  raw(row: ArrayLike<Value>): number;
  /** Exact SHAP of `raw`: one entry an input column, in log-odds, then the expected value. They sum to `raw`. */
  contributions(row: ArrayLike<Value>): Float64Array;
  /** Both in one. */
  explain(row: ArrayLike<Value>): Explanation;
  /** Log-odds of every row, bitwise equal to `raw`. Columns are found by name; a missing one is a Fault. */
  rawBatch(data: Dataset): Float64Array;
  /** The contributions of every row, row after row, bitwise equal to `contributions`. */
  contributionsBatch(data: Dataset): Float64Array;
  /** The row as the trees compare it, one byte a slot: all that `rawOfBins` needs, and nothing that names a value. */
  bins(row: ArrayLike<Value>): Uint8Array;
  /** Log-odds of a row that `bins` of a scorer of the same model gave. */
  rawOfBins(bins: Uint8Array): number;
}

export interface Explanation {
  raw: number;
  contributions: Float64Array;
}

export interface ScorerOptions {
  /**
   * Explain against these rows instead of along the trees: interventional SHAP, v(S) the mean over these rows of the
   * score when the features of S are taken from the explained row. Columns as for `rawBatch`.
   */
  background?: Dataset;
}

/** Lays the model out in flat arrays. The explanation tables are built at the first explanation and kept. */
export function createScorer(model: Model, { background }: ScorerOptions = {}): Scorer {
  const flat = flatten(model);
  const { blocks, groups, depth } = flat;
  const inputs = model.features.length;
  const trees = model.trees.length;
  const width = tableWidth(model);
  const placed = placeModel(flat, trees, width, inputs);
  const { kernel, at, values, bins, contributions } = placed;
  const encoders = model.features.map(createEncoder);
  const encodeRow = createRowEncoder(model.features, encoders, flat.slots, values);
  const { bias, scale = 1 } = model;
  const leafBytes = 8 << depth;
  const tableBytes = (8 * width) << depth;
  let expected: number | undefined;

  const binRow = (row: ArrayLike<Value>): void => {
    if (row.length !== inputs) throw wrongLength(row.length, inputs);
    encodeRow(row);
    kernel.binRow(at.values, at.quadLengths, at.quadThresholds, blocks, at.bins);
  };
  const sum =
    blocks <= SWIZZLED_BLOCKS
      ? () => kernel.scoreRow(at.bins, blocks, groups, depth, at.groupQuestions, at.leaves, leafBytes, at.leafOf)
      : () => kernel.scoreWideRow(at.bins, trees, depth, at.treeQuestions, at.leaves, leafBytes, at.leafOf);
  const batch = createBatch(model, { features: model.features, encoders, flat, placed }, width);
  const expectation = (): number =>
    (expected ??= buildTables(model, { ...placed, width, depth, valuesOf: averaging() }));
  const averaging = (): ((tree: number) => PartialValues) => {
    if (background === undefined) return () => pathDependent;
    const counts = batch.leafCounts(background);
    return (tree) => interventional(counts[tree]!);
  };
  const explain = (row: ArrayLike<Value>): Explanation => {
    binRow(row);
    const mean = expectation();
    const raw = sum() * scale + bias;
    contributions.fill(0);
    kernel.explainRow(at.leafOf, trees, at.tables, tableBytes, width, at.places, at.contributions);
    contributions[inputs] = mean;
    return { raw, contributions: contributions.slice(0, inputs + 1) };
  };

  return {
    features: model.features.map((feature) => feature.name),
    raw(row) {
      binRow(row);
      return sum() * scale + bias;
    },
    contributions: (row) => explain(row).contributions,
    explain,
    rawBatch: (data) => batch.raw(data),
    contributionsBatch: (data) => batch.contributions(data, expectation()),
    bins(row) {
      binRow(row);
      return bins.slice();
    },
    rawOfBins(given) {
      if (given.length !== bins.length) throw wrongLength(given.length, bins.length);
      bins.set(given);
      return sum() * scale + bias;
    },
  };
}

function wrongLength(found: number, needed: number): Fault {
  return new Fault({
    kind: 'input',
    value: `a row of ${found} values`,
    rule: `the model has ${needed} inputs`,
    remedy: 'give one value an input, null where it is missing',
  });
}
