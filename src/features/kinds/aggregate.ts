import type { Value } from '../../trees/index.ts';
import type { FieldValue } from '../../events/index.ts';

/** What a kind needs to know of an event. */
export interface Occurrence {
  /** When it happened, ms. */
  readonly time: number;
  /** Decides between two of the same time: a 32-bit hash of source and id. */
  readonly tie: number;
  readonly data: Readonly<Record<string, FieldValue>>;
}

/**
 * An incremental statistic over a fixed region of bytes. After `init`, any order of `add`, and any split of the additions
 * over regions that are then merged, reads as the batch answer over all of them, for every `now` that is not before the
 * newest one. (Decayed values and sums of fractions agree up to rounding.)
 */
export interface Aggregate {
  /** The size of the region. */
  readonly bytes: number;
  /** Empties the region at `at`. */
  init(view: DataView, at: number): void;
  add(view: DataView, at: number, occurrence: Occurrence): void;
  /** Adds the region of `other` at `from` to the one at `at`. Both must share one vocabulary. */
  merge(view: DataView, at: number, other: DataView, from: number): void;
  /** The value as of `now`, ms. Null is missing. */
  read(view: DataView, at: number, now: number): Value;
}
