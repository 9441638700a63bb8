import type { Gradients } from './gradient.ts';

/** What training minimises, over fixed rows. Each loss is a file of its own; `createLoss` knows them by name. */
export interface Loss {
  /** The labels, 0 and 1, where the derivatives are the log-loss's, for which there is a kernel. */
  readonly logistic?: Float64Array;
  /** The raw score that every row starts from: the best constant. Throws a Fault where no constant is best. */
  start(): number;
  /** Fills in the weighted first and second derivatives by the raw score, rounded to a grid: see `Gradients`. */
  update(out: Gradients, raw: Float64Array): void;
  /** The weighted mean loss of raw scores; lower is better. */
  value(raw: Float64Array): number;
}

/** The rows that a loss is over. */
export interface LossRows {
  labels: Float64Array;
  weights: Float64Array;
  /** Rows of one number are ranked against one another; ranking alone looks at it. */
  groups?: Int32Array | undefined;
}
