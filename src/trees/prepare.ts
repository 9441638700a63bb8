import type { Encoded } from './bins.ts';
import { canonicalCategories, targetStatistics } from './categories.ts';
import type { CategoricalColumn, Dataset, NumericColumn } from './dataset.ts';
import type { ModelFeature } from './model.ts';
import type { Settings } from './options.ts';
import { quantileBorders, quantise } from './quantise.ts';

/** At most this many codes (levels, and missing where it occurs) are split one against the rest. */
const ONE_HOT_CODES = 64;
/** How many rows the base rate weighs in a target statistic. */
const PRIOR_STRENGTH = 10;

/** The features as learned so far, and how many bins each has. */
export interface Prepared {
  features: ModelFeature[];
  binCounts: number[];
}

/** Takes a training column as its feature's splits compare it; NaN is missing. */
export type Fill = (f: number, feature: ModelFeature, encoded: Encoded) => void;

export interface Supervision {
  labels: Float64Array;
  weights: Float64Array;
  /** The weighted share of positives. */
  baseRate: number;
}

/** Learns borders, missing sides and category statistics from the training table, and hands its columns on. */
export function prepare(data: Dataset, supervision: Supervision, settings: Settings, fill: Fill): Prepared {
  const features = data.columns.map((column, f) => {
    const { feature, encoded } =
      column.kind === 'numeric'
        ? prepareNumeric(column, supervision, settings)
        : column.ordered
          ? prepareOrdinal(column, supervision, settings)
          : prepareCategorical(column, supervision, settings);
    fill(f, feature, encoded);
    return feature;
  });
  return { features, binCounts: features.map(binCount) };
}

/** A feature as learned, and the training column as its splits compare it. */
interface PreparedColumn {
  feature: ModelFeature;
  encoded: Encoded;
}

function prepareNumeric(
  column: NumericColumn,
  { labels, weights }: Supervision,
  { borders }: Settings,
): PreparedColumn {
  const { name, values } = column;
  const quantisation = quantise(values, labels, weights, borders);
  return { feature: { kind: 'numeric', name, ...quantisation }, encoded: values };
}

/** Levels in order are their ranks; missing stands before the first or after the last, and unseen stands with it. */
function prepareOrdinal(column: CategoricalColumn, supervision: Supervision, settings: Settings): PreparedColumn {
  const { name, levels, codes } = column;
  const ranks = Float64Array.from(codes, (code) => (code < 0 ? NaN : code));
  const { missing: side } = quantise(ranks, supervision.labels, supervision.weights, settings.borders);
  const missing = side === 'low' ? -1 : levels.length;
  const encoded = Float32Array.from(ranks, (rank) => (rank === rank ? rank : missing));
  const borders = quantileBorders(encoded, settings.borders);
  const statistics = levels.map((_, rank) => rank);
  return { feature: { kind: 'target', name, levels, statistics, missing, unseen: missing, borders }, encoded };
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

function binCount(feature: ModelFeature): number {
  return (feature.kind === 'one-hot' ? feature.levels.length : feature.borders.length) + 1;
}
