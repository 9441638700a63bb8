import { MAX_PERCENTILES } from './bundle.ts';

/**
 * At most MAX_PERCENTILES quantiles of raw scores, ascending, the least and the greatest included; all where they fit.
 */
export function percentilesOf(raw: Float64Array): Float64Array {
  const sorted = raw.toSorted();
  if (sorted.length <= MAX_PERCENTILES) return sorted;
  const step = (sorted.length - 1) / (MAX_PERCENTILES - 1);
  return Float64Array.from({ length: MAX_PERCENTILES }, (_, i) => sorted[Math.round(i * step)]!);
}

/**
 * The score of a raw value: its mid-rank percentile among out-of-fold scores (those below, and half of those equal), a
 * whole number from 0 to 100. NaN where there are none to compare with.
 */
export function percentileScore(percentiles: Float64Array, raw: number): number {
  const below = countWhere(percentiles, (value) => value < raw);
  const upTo = countWhere(percentiles, (value) => value <= raw);
  return Math.round((50 * (below + upTo)) / percentiles.length);
}

/** How many values pass, where those that pass come first. */
function countWhere(values: Float64Array, passes: (value: number) => boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(values[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
