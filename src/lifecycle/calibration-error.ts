import { random } from '../base/index.ts';
import type { Estimate } from './auc.ts';

/** Rows that were told about the same probability: how many, what was said on average, and the share of positives. */
export interface Bin {
  rows: number;
  predicted: number;
  observed: { value: number };
}

const RESAMPLES = 1_000;

/** Mean distance between said and seen, weighted by rows. Above 0 by chance alone, the more so the fewer the rows. */
export function calibrationError(bins: readonly Bin[]): number {
  return bins.reduce((sum, { rows, predicted, observed }) => sum + rows * Math.abs(predicted - observed.value), 0) / rowsOf(bins);
}

/**
 * Root mean square distance between said and seen, less what chance adds to its square (Kumar, Liang & Ma 2019,
 * "Verified uncertainty calibration"): 0 on average for calibrated probabilities. The 95 % interval is of a bootstrap
 * of the outcomes within the bins, less the chance that it adds once more.
 */
export function debiasedCalibrationError(bins: readonly Bin[], seed = 0): Estimate {
  const source = random(seed).fork('calibration error');
  const drawn = Array.from({ length: RESAMPLES }, () => {
    const again = bins.map(({ rows, predicted, observed: { value } }) => {
      const spread = Math.sqrt((value * (1 - value)) / rows);
      return { rows, predicted, observed: { value: Math.min(1, Math.max(0, value + spread * source.normal())) } };
    });
    return Math.sqrt(Math.max(0, squaredError(again) - 2 * chance(bins)));
  }).toSorted((a, b) => a - b);
  const value = Math.sqrt(Math.max(0, squaredError(bins) - chance(bins)));
  const at = (share: number): number => drawn[Math.round(share * (RESAMPLES - 1))]!;
  return { value, low: Math.min(value, at(0.025)), high: Math.max(value, at(0.975)) };
}

function squaredError(bins: readonly Bin[]): number {
  return bins.reduce((sum, { rows, predicted, observed }) => sum + rows * (predicted - observed.value) ** 2, 0) / rowsOf(bins);
}

/** What the outcomes' own variance adds to the squared error. */
function chance(bins: readonly Bin[]): number {
  const variance = ({ rows, observed: { value } }: Bin): number =>
    rows > 1 ? (value * (1 - value)) / (rows - 1) : 0.25;
  return bins.reduce((sum, bin) => sum + bin.rows * variance(bin), 0) / rowsOf(bins);
}

function rowsOf(bins: readonly Bin[]): number {
  return bins.reduce((sum, { rows }) => sum + rows, 0);
}
