import { countWhere } from '../base/index.ts';

/** The most quantiles that a bundle holds of all its scores. */
export const MAX_PERCENTILES = 1001;

/** The quantiles of raw scores that a bundle holds. */
export const percentilesOf = (raw: Float64Array): Float64Array => quantilesOf(raw, MAX_PERCENTILES);

/** At most so many quantiles of values, ascending, the least and the greatest included; all where they fit. */
export function quantilesOf(values: Float64Array, most: number): Float64Array {
  const sorted = values.toSorted();
  if (sorted.length <= most) return sorted;
  const step = (sorted.length - 1) / (most - 1);
  return Float64Array.from({ length: most }, (_, i) => sorted[Math.round(i * step)]!);
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
