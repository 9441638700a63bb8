import type { Adding, Code } from '../code/code.ts';

/**
 * An incremental statistic over a fixed region of bytes. After `init`, any order of `add`, and any split of the additions over
 * regions that are then merged, leaves a region that reads as the batch answer over all of them, for every `now` that is not
 * before the newest one. Sums are sums of whole numbers, so this holds to the last bit.
 */
export interface Accumulator {
  /** The size of the region. */
  readonly bytes: number;
  /** Empties the region at `at`. */
  init(view: DataView, at: number): void;
  /** `time` in ms; `tie` decides between two of the same time, the low 16 bits count; `value` as of `EMPTY`. */
  add(view: DataView, at: number, time: number, tie: number, value: number): void;
  /** The statements that do what `add` does, to `view` from `base` on: the same bytes. */
  write(code: Code, adding: Adding): string;
  /** Adds the region of `other` at `from` to the one at `at`. */
  merge(view: DataView, at: number, other: DataView, from: number): void;
  /** Moves amounts between regions of two accumulators of the same input whose lengths and widths may differ. */
  readonly share?: Share;
}

export interface Share {
  /** Adds what `other`, a region of `source`, holds. */
  give(view: DataView, at: number, source: Accumulator, other: DataView, from: number): void;
  /** Takes out again what was added of it. */
  take(view: DataView, at: number, source: Accumulator, other: DataView, from: number): void;
  /** The amounts of a region by tile, from the newest to the oldest. */
  amounts(view: DataView, at: number, visit: (tile: number, amount: number) => void): void;
}

/** A field that the event does not carry is NaN; one that the event says is empty is this. */
export const EMPTY = -Infinity;
