import { enlarged } from './mail.ts';

/** Of which rows the values are wanted for which samples, and as of when. */
export interface Asks {
  readonly count: number;
  /** Whose rows: into the list of names that the messages name, too. */
  readonly keys: Int32Array<ArrayBuffer>;
  readonly samples: Int32Array<ArrayBuffer>;
  /** ms */
  readonly times: Float64Array<ArrayBuffer>;
  /**
   * Of the sample of a decision that was shown: the offset of its impression, at and after which nothing is seen that became
   * known at that very time. Else NaN, and all of it is seen.
   */
  readonly offsets: Float64Array<ArrayBuffer>;
}

export function createAsks() {
  let room = 256;
  let count = 0;
  let keys = new Int32Array(room);
  let samples = new Int32Array(room);
  let times = new Float64Array(room);
  let offsets = new Float64Array(room);
  return {
    put(key: number, sample: number, time: number, offset: number): void {
      if (count === room) {
        room *= 2;
        keys = enlarged(keys, new Int32Array(room));
        samples = enlarged(samples, new Int32Array(room));
        times = enlarged(times, new Float64Array(room));
        offsets = enlarged(offsets, new Float64Array(room));
      }
      keys[count] = key;
      samples[count] = sample;
      times[count] = time;
      offsets[count++] = offset;
    },
    finish: (): Asks => ({
      count,
      keys: keys.subarray(0, count),
      samples: samples.subarray(0, count),
      times: times.subarray(0, count),
      offsets: offsets.subarray(0, count),
    }),
  };
}
