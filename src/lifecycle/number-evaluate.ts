import type { Estimate } from './auc.ts';
import type { NumberLoss } from './train-input.ts';

/** How well numbers that were said agree with numbers that the model had not seen. All in the label's unit. */
export interface NumberEvaluation {
  rows: number;
  /** Mean of what was seen, and of what was said. */
  mean: number;
  said: number;
  /** Root of the mean squared error, and the same for one who always says the mean of the training rows. */
  rmse: number;
  rmseBaseline: number;
  /** Mean distance between said and seen. */
  mae: number;
  /** Share of the squared error of the mean that is gone (R²), with a 95 % interval by the jackknife. */
  explained: Estimate;
  /** Mean Tweedie deviance (power 1.5) of what was said and of the mean; null for another loss. */
  deviance: { value: number; baseline: number } | null;
  tenths: NumberTenth[];
}

/** A tenth of the rows by what was said, highest first. */
export interface NumberTenth {
  rows: number;
  said: number;
  seen: number;
}

const PARTS = 20; // of the jackknife
const TENTHS = 10;

/** Judges what was `said` against `seen`; `mean` is that of the training rows. */
export function evaluateNumbers(
  said: Float64Array,
  seen: Float64Array,
  { mean, loss }: { mean: number; loss: NumberLoss },
): NumberEvaluation {
  const errors = said.map((value, i) => (value - seen[i]!) ** 2);
  const baseline = seen.map((value) => (value - mean) ** 2);
  return {
    rows: seen.length,
    mean: meanOf(seen),
    said: meanOf(said),
    rmse: Math.sqrt(meanOf(errors)),
    rmseBaseline: Math.sqrt(meanOf(baseline)),
    mae: meanOf(said.map((value, i) => Math.abs(value - seen[i]!))),
    explained: explained(errors, baseline),
    deviance:
      loss === 'tweedie' ? { value: meanDeviance(said, seen), baseline: meanDeviance(seen.map(() => mean), seen) } : null,
    tenths: tenths(said, seen),
  };
}

/** 1 - Σ errors / Σ baseline, and how far it moves when each twentieth of the rows is left out in turn. */
function explained(errors: Float64Array, baseline: Float64Array): Estimate {
  const parts = Math.min(PARTS, errors.length);
  const [sums, bases] = [errors, baseline].map((values) => {
    const totals = new Float64Array(parts);
    values.forEach((value, i) => (totals[i % parts]! += value));
    return totals;
  }) as [Float64Array, Float64Array];
  const [sum, base] = [total(sums), total(bases)];
  const value = 1 - sum / base;
  const without = sums.map((part, p) => 1 - (sum - part) / (base - bases[p]!));
  const centre = meanOf(without);
  const variance = ((parts - 1) / parts) * total(without.map((one) => (one - centre) ** 2));
  const reach = 1.959963984540054 * Math.sqrt(variance);
  return { value, low: value - reach, high: Math.min(1, value + reach) };
}

/** Tweedie deviance of power 1.5: 4 (√seen - √said)² / √said. */
function meanDeviance(said: Float64Array, seen: Float64Array): number {
  return meanOf(said.map((value, i) => (4 * (Math.sqrt(seen[i]!) - Math.sqrt(value)) ** 2) / Math.sqrt(value)));
}

function tenths(said: Float64Array, seen: Float64Array): NumberTenth[] {
  const order = Int32Array.from(said.keys()).toSorted((a, b) => said[b]! - said[a]! || a - b);
  return Array.from({ length: TENTHS }, (_, i) =>
    order.subarray(Math.round((i * order.length) / TENTHS), Math.round(((i + 1) * order.length) / TENTHS)),
  ).flatMap((rows) => (rows.length === 0 ? [] : [{ rows: rows.length, said: over(rows, said), seen: over(rows, seen) }]));
}

function over(rows: Int32Array, values: Float64Array): number {
  return rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length;
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function meanOf(values: Float64Array): number {
  return total(values) / values.length;
}
