import { enlarged } from './mail.ts';
import type { Readings } from './readings.ts';
import { bitsOf, isCategorical } from './values.ts';

/** One sample; as of `SampleRows`. */
export interface Sample {
  subject: number;
  time: number;
  label: number;
  weight: number;
  reason: number;
  offset: number;
}

/** What tells of samples. Times in ms. */
export interface SampleHeads {
  /** Into a list of names. */
  readonly subjects: Int32Array<ArrayBuffer>;
  readonly times: Float64Array<ArrayBuffer>;
  /** 1 or 0; NaN where the horizon is not over yet. */
  readonly labels: Float64Array<ArrayBuffer>;
  readonly weights: Float64Array<ArrayBuffer>;
  /** Into `REASONS`. */
  readonly reasons: Uint8Array<ArrayBuffer>;
  /** Of a decision that was shown: the offset of the event that says so, before which all is seen; else NaN. */
  readonly offsets: Float64Array<ArrayBuffer>;
}

export interface SampleRows extends SampleHeads {
  readonly count: number;
  /** By sample, then wanted feature, in 32 bits as of `bitsOf`; 0 where it is not read yet. */
  readonly bits: Uint32Array<ArrayBuffer>;
  /** By sample, then the own part of a feature that leaves it out; not rounded. */
  readonly parts: Float64Array<ArrayBuffer>;
}

/** Samples by the row, while their number is not known yet. */
export interface SampleSink {
  /** Adds a sample with what is read of its own row, in the order of `readings.own`. Returns its number. */
  add(sample: Sample, values: Float64Array): number;
  finish(): SampleRows;
}

export function createSink({ specs, wanted, own }: Readings): SampleSink {
  const width = specs.length - wanted;
  const places = Int32Array.from(own);
  const kinds = Uint8Array.from(own, (place) => Number(isCategorical(specs[place]!)));
  let room = 1_024;
  let count = 0;
  let subjects = new Int32Array(room);
  let times = new Float64Array(room);
  let labels = new Float64Array(room);
  let weights = new Float64Array(room);
  let reasons = new Uint8Array(room);
  let offsets = new Float64Array(room);
  let bits = new Uint32Array(room * wanted);
  let floats = new Float32Array(bits.buffer);
  let parts = new Float64Array(room * width);

  const grow = (): void => {
    room *= 2;
    subjects = enlarged(subjects, new Int32Array(room));
    times = enlarged(times, new Float64Array(room));
    labels = enlarged(labels, new Float64Array(room));
    weights = enlarged(weights, new Float64Array(room));
    reasons = enlarged(reasons, new Uint8Array(room));
    offsets = enlarged(offsets, new Float64Array(room));
    bits = enlarged(bits, new Uint32Array(room * wanted));
    floats = new Float32Array(bits.buffer);
    parts = enlarged(parts, new Float64Array(room * width));
  };

  return {
    add({ subject, time, label, weight, reason, offset }, values) {
      if (count === room) grow();
      subjects[count] = subject;
      times[count] = time;
      labels[count] = label;
      weights[count] = weight;
      reasons[count] = reason;
      offsets[count] = offset;
      for (let i = 0; i < places.length; i++) {
        const place = places[i]!;
        if (place >= wanted) parts[count * width + place - wanted] = values[i]!;
        else if (kinds[i] === 1) bits[count * wanted + place] = bitsOf(values[i]!);
        else floats[count * wanted + place] = values[i]!;
      }
      return count++;
    },
    finish: () => ({
      count,
      subjects: subjects.subarray(0, count),
      times: times.subarray(0, count),
      labels: labels.subarray(0, count),
      weights: weights.subarray(0, count),
      reasons: reasons.subarray(0, count),
      offsets: offsets.subarray(0, count),
      bits: bits.subarray(0, count * wanted),
      parts: parts.subarray(0, count * width),
    }),
  };
}
