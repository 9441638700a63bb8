import { exp } from '../base/index.ts';
import type { Model } from '../trees/index.ts';

/** What the target's outcome is worth where it comes true, as an amount in the home currency of the cell. */
export interface OutcomeValue {
  /** The feature that holds a record's own amount, which goes before what the model says; null: records have none. */
  own: string | null;
  /** Its inputs are among the features of the bundle; null: there is too little history to learn from. */
  model: ValueModel | null;
  /** ISO 4217; null: the history does not name it. */
  currency: string | null;
  /** Deterministic figures only. */
  metrics: Record<string, unknown>;
}

export interface ValueModel {
  trees: Model;
  /** What raw is: the logarithm of the amount, or the amount itself. */
  scale: 'log' | 'amount';
  /**
   * What an amount is multiplied by: it brings the mean of what is said to the mean of what was paid, outcomes that paid nothing
   * counted.
   */
  factor: number;
}

/** The amount that a value model's raw stands for; not finite where raw is not. */
export function amountOf({ scale, factor }: Pick<ValueModel, 'scale' | 'factor'>, raw: number): number {
  return Math.max(0, (scale === 'log' ? exp(raw) : raw) * factor);
}
