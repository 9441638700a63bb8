import { canonicalCategories, targetStatistics } from './categories.ts';
import type { CategoricalColumn, Dataset, NumericColumn } from './dataset.ts';
import type { ModelFeature } from './model.ts';
import type { Settings } from './options.ts';
import { binOf, quantileBorders, quantise, toFloat32 } from './quantise.ts';

/** At most this many codes (levels, and missing where it occurs) are split one against the rest. */
const ONE_HOT_CODES = 32;
/** How many rows the base rate weighs in a target statistic. */
const PRIOR_STRENGTH = 10;
/** The bin of a category that equals no level. */
const NO_BIN = 255;

/** A quantised table: row-major bytes, so that a row's bins share cache lines. */
export interface Bins {
  rows: number;
  /** Bytes a row: one a feature. */
  width: number;
  data: Uint8Array;
}

/** What training works on: the features as learned so far, their bins, and how many bins each has. */
export interface Prepared {
  features: ModelFeature[];
  bins: Bins;
  binCounts: number[];
}

export interface Supervision {
  labels: Float64Array;
  weights: Float64Array;
  /** The weighted share of positives. */
  baseRate: number;
}

/** Learns borders, missing sides and category statistics from the training table, and quantises it. */
export function prepare(data: Dataset, supervision: Supervision, settings: Settings): Prepared {
  const bins = emptyBins(data.rows, data.columns.length);
  const features = data.columns.map((column, f) => {
    const { feature, encoded } =
      column.kind === 'numeric'
        ? prepareNumeric(column, supervision, settings)
        : prepareCategorical(column, supervision, settings);
    fillBins(bins, f, feature, encoded);
    return feature;
  });
  return { features, bins, binCounts: features.map(binCount) };
}

/** A feature as learned, and the training column as its splits compare it. */
interface PreparedColumn {
  feature: ModelFeature;
  encoded: ArrayLike<number>;
}

function prepareNumeric(
  column: NumericColumn,
  { labels, weights }: Supervision,
  { borders }: Settings,
): PreparedColumn {
  const { name, values } = column;
  const quantisation = quantise(values, labels, weights, borders);
  const encoded = values.map((value) => toFloat32(value, quantisation.missing));
  return { feature: { kind: 'numeric', name, ...quantisation }, encoded };
}

function prepareCategorical(column: CategoricalColumn, supervision: Supervision, settings: Settings): PreparedColumn {
  const categories = canonicalCategories(column);
  const { levels, codes, hasMissing } = categories;
  const { name } = column;
  if (levels.length + Number(hasMissing) <= ONE_HOT_CODES) {
    return { feature: { kind: 'one-hot', name, levels }, encoded: codes };
  }
  const { labels, weights, baseRate } = supervision;
  const { training, serving } = targetStatistics(categories, {
    labels,
    weights,
    prior: baseRate,
    strength: PRIOR_STRENGTH,
    seed: `target statistics of ${name} ${settings.seed}`,
  });
  const encoded = Float32Array.from(training);
  const borders = quantileBorders(encoded, settings.borders);
  const statistics = [...serving.subarray(0, levels.length)];
  const missing = serving[levels.length]!;
  return { feature: { kind: 'target', name, levels, statistics, missing, unseen: baseRate, borders }, encoded };
}

export function emptyBins(rows: number, width: number): Bins {
  return { rows, width, data: new Uint8Array(rows * width) };
}

/** Writes the bins of one feature: the number of borders below the value, or the category's code. */
export function fillBins(bins: Bins, f: number, feature: ModelFeature, encoded: ArrayLike<number>): void {
  const { rows, width, data } = bins;
  for (let row = 0; row < rows; row++) {
    const value = encoded[row]!;
    const bin = feature.kind === 'one-hot' ? value : binOf(feature.borders, value);
    data[row * width + f] = bin < 0 ? NO_BIN : bin;
  }
}

function binCount(feature: ModelFeature): number {
  return (feature.kind === 'one-hot' ? feature.levels.length : feature.borders.length) + 1;
}
