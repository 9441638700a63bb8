import type { LoggedEvent } from '../../events/index.ts';
import type { EventColumns } from './columns.ts';
import { eventReader } from './scatter.ts';

/** The events of one segment, found by offset. */
export interface SegmentEvents {
  /** Events of the offsets from `from` to before `to`, in order; erased ones are skipped. */
  read(from: number, to: number): Iterable<LoggedEvent>;
}

/** Puts the buckets of a segment back into the order of the log. `first` and `end` are its offsets. */
export function inOrder(buckets: readonly EventColumns[], first: number, end: number): SegmentEvents {
  const readers = buckets.map(eventReader);
  const bucketAt = new Uint8Array(end - first); // 0 is none
  const rowAt = new Uint32Array(end - first);
  for (const [bucket, { offsets }] of buckets.entries()) {
    for (let row = 0; row < offsets.length; row++) {
      bucketAt[offsets[row]! - first] = bucket + 1;
      rowAt[offsets[row]! - first] = row;
    }
  }
  return {
    *read(from, to) {
      for (let at = Math.max(0, from - first); at < Math.min(to, end) - first; at++) {
        const bucket = bucketAt[at]!;
        if (bucket > 0) yield readers[bucket - 1]!(rowAt[at]!);
      }
    },
  };
}
