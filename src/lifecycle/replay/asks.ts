import { enlarged } from './mail.ts';
import type { SampleRows } from './sink.ts';
import { startsOf } from './starts.ts';

/** Of which rows the values are wanted for which samples, in the order of these. */
export interface Asks {
  readonly count: number;
  /** Whose rows: into the list of names that the messages name, too. */
  readonly keys: Int32Array<ArrayBuffer>;
  /** Rows of the sender's samples. */
  readonly samples: Int32Array<ArrayBuffer>;
  /** As of when, ms. */
  readonly times: Float64Array<ArrayBuffer>;
  /**
   * Of the sample of a decision that was shown: the offset of its impression, at and after which nothing is seen that became
   * known at that very time. Else NaN, and all of it is seen.
   */
  readonly offsets: Float64Array<ArrayBuffer>;
}

/** Questions to all parts, put sample by sample as these are numbered. */
export interface Asking {
  put(part: number, key: number, sample: number): void;
  /** By part; `order` says which sample stands in which row. Then there are none. */
  finish(rows: SampleRows, order: Int32Array): Asks[];
}

export function createAsking(parts: number): Asking {
  let room = 1_024;
  let count = 0;
  let toParts = new Uint16Array(room);
  let keys = new Int32Array(room);
  let samples = new Int32Array(room);
  const sizes = new Int32Array(parts);

  return {
    put(part, key, sample) {
      if (count === room) {
        room *= 2;
        toParts = enlarged(toParts, new Uint16Array(room));
        keys = enlarged(keys, new Int32Array(room));
        samples = enlarged(samples, new Int32Array(room));
      }
      toParts[count] = part;
      keys[count] = key;
      samples[count++] = sample;
      sizes[part]! += 1;
    },
    finish({ times, offsets }, order) {
      const starts = startsOf(samples.subarray(0, count), order.length);
      const asks = Array.from(sizes, asksFor);
      const filled = new Int32Array(parts);
      const lay = (row: number): void => {
        for (let i = starts[order[row]!]!; i < starts[order[row]! + 1]!; i++) {
          const of = asks[toParts[i]!]!;
          const at = filled[toParts[i]!]!++;
          of.keys[at] = keys[i]!;
          of.samples[at] = row;
          of.times[at] = times[row]!;
          of.offsets[at] = offsets[row]!;
        }
      };
      for (let row = 0; row < order.length; row++) lay(row);
      count = 0;
      sizes.fill(0);
      return asks;
    },
  };
}

const asksFor = (count: number): Asks => ({ count, keys: new Int32Array(count), samples: new Int32Array(count), times: new Float64Array(count), offsets: new Float64Array(count) });
