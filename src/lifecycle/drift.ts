import { log } from '../base/index.ts';
import type { Dataset } from '../trees/index.ts';
import { binColumn } from './bins.ts';

/** The positive rate of consecutive windows of equal size, in time order. */
export function rateOverTime(order: Int32Array, labels: Float64Array, windows = 10): { rows: number; rate: number }[] {
  const count = Math.min(windows, order.length);
  return Array.from({ length: count }, (_, w) => {
    const rows = order.subarray(Math.round((w * order.length) / count), Math.round(((w + 1) * order.length) / count));
    return { rows: rows.length, rate: rows.reduce((sum, row) => sum + labels[row]!, 0) / rows.length };
  });
}

/** Pearson's χ² of the windows' positives against one common rate. */
export function rateChiSquare(windows: readonly { rows: number; rate: number }[]): number {
  const rows = windows.reduce((sum, window) => sum + window.rows, 0);
  const rate = windows.reduce((sum, window) => sum + window.rows * window.rate, 0) / rows;
  if (rate <= 0 || rate >= 1) return 0;
  return windows.reduce((sum, window) => sum + (window.rows * (window.rate - rate) ** 2) / (rate * (1 - rate)), 0);
}

/**
 * Population stability index of each column between the rows before and after a moment: 0 is the same distribution,
 * above 0.25 is by custom a large shift. Bins are tenths or levels; each is smoothed by half a row, so small samples
 * shift a little.
 */
export function columnShifts(data: Dataset, before: Int32Array, after: Int32Array): { column: string; psi: number }[] {
  return data.columns.map((column) => {
    const { bins, count } = binColumn(column, 10);
    const [p, q] = [before, after].map((rows) => shares(bins, count, rows)) as [Float64Array, Float64Array];
    return {
      column: column.name,
      psi: p.reduce((sum, share, bin) => sum + (q[bin]! - share) * log(q[bin]! / share), 0),
    };
  });
}

function shares(bins: Int32Array, count: number, rows: Int32Array): Float64Array {
  const totals = new Float64Array(count).fill(0.5);
  for (const row of rows) totals[bins[row]!]! += 1;
  return totals.map((total) => total / (rows.length + 0.5 * count));
}
