import { percentileScore, quantilesOf } from './percentile.ts';

/** How held-out raw lies in the segments of one feature, so that a grade can be given among records of the same kind. */
export interface SegmentQuantiles {
  /** The feature whose values are the segments. */
  readonly feature: string;
  /** A segment of fewer records than this has no quantiles of its own: too few to compare with, and too few to tell of. */
  readonly fewest: number;
  /** By the feature's value: ascending, at most `SEGMENT_QUANTILES` each. */
  readonly quantiles: ReadonlyMap<string, Float64Array>;
}

/** One a percent, and both ends. */
export const SEGMENT_QUANTILES = 101;

/** The quantiles of one segment's held-out raw. */
export const segmentQuantiles = (raw: Float64Array): Float64Array => quantilesOf(raw, SEGMENT_QUANTILES);

/** The mid-rank percentile of raw among the records with that value; null where the segment has no quantiles of its own. */
export function segmentScore({ quantiles }: SegmentQuantiles, value: string, raw: number): number | null {
  const known = quantiles.get(value);
  return known === undefined ? null : percentileScore(known, raw);
}
