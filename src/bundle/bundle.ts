import type { FeatureSpec } from '../features/index.ts';
import type { Calibration, Model } from '../trees/index.ts';
import type { SegmentQuantiles } from './segments.ts';
import type { TableSpec } from './table.ts';
import type { OutcomeValue } from './value.ts';

/** What the model's inputs are made of: the columns of a table, or features folded from the log. */
export type BundleSpec = { kind: 'table'; table: TableSpec } | { kind: 'log'; features: FeatureSpec[] };

/** What is predicted, of what, within which horizon. */
export interface Target {
  name: string;
  /** The outcome that a probability is the probability of. */
  positive: string;
  entity: string;
  /** null: none is declared. */
  horizonDays: number | null;
  /** A model of a number has no probability; absent: a model of an outcome. */
  kind?: 'number';
  /** What training minimised, and so what raw means: log-odds, the number, or (Tweedie) its logarithm. Absent: not known. */
  loss?: 'log-loss' | 'rmse' | 'tweedie';
}

/** All that a model is when it travels: the same content has the same id. */
export interface BundleContent {
  spec: BundleSpec;
  target: Target;
  model: Model;
  /** null: never calibrated, a probability is the sigmoid of raw. */
  calibration: Calibration | null;
  /** Quantiles of out-of-fold raw scores, ascending, at most `MAX_PERCENTILES`; empty where there are none. */
  percentiles: Float64Array;
  /** Deterministic figures only: no time, no duration, no machine. */
  metrics: Record<string, unknown>;
  /** What the outcome is worth; absent: nothing is said of that. */
  value?: OutcomeValue;
  /** How raw lies in segments, one entry a feature; absent: grades go by `percentiles` alone. */
  segments?: readonly SegmentQuantiles[];
}

export interface Bundle extends BundleContent {
  /** 32 hex digits, the hash of the content files. */
  readonly id: string;
}

/**
 * The newest manifest format that this release reads, and the decision engine's version. It writes the oldest format that holds
 * the content, so that earlier releases read what they can: 1, 2 where the bundle says what its outcome is worth, 3 where it holds
 * the quantiles of segments.
 */
export const FORMAT = 3;
export const ENGINE = 1;
