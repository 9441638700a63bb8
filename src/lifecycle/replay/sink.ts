import { enlarged } from './mail.ts';
import { orderOf } from './order-samples.ts';
import type { Readings } from './readings.ts';
import { bitsOf, isCategorical } from './values.ts';

/** One sample; as of `SampleHeads`. */
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

/** Samples in the order of `orderOf`, with what is read of their own rows. */
export interface SampleRows extends SampleHeads {
  /** Column by column, those of `readings.own` that are wanted, in their order: values in 32 bits as of `bitsOf`. */
  readonly bits: Uint32Array<ArrayBuffer>;
  /** By sample, then the own part of a feature that leaves it out; not rounded. */
  readonly parts: Float64Array<ArrayBuffer>;
}

/** Samples, while their number is not known yet. */
export interface SampleSink {
  /** Adds a sample with what is read of its own row, in the order of `readings.own`. Returns its number. */
  add(sample: Sample, values: Float64Array): number;
  /** Also which sample, by its number, stands in which row. */
  finish(names: readonly string[]): { readonly rows: SampleRows; readonly order: Int32Array };
}

export function createSink({ specs, wanted, own }: Readings): SampleSink {
  const width = specs.length - wanted;
  const held = own.flatMap((place, i) => (place < wanted ? [i] : []));
  const numbers = Int32Array.from(held.filter((i) => !isCategorical(specs[own[i]!]!)));
  const codes = Int32Array.from(held.filter((i) => isCategorical(specs[own[i]!]!)));
  const columnOf = Int32Array.from(own, (_, i) => held.indexOf(i));
  const parted = own.flatMap((place, i) => (place >= wanted ? [[i, place - wanted] as const] : []));
  let room = 1_024;
  let count = 0;
  let subjects = new Int32Array(room);
  let times = new Float64Array(room);
  let labels = new Float64Array(room);
  let weights = new Float64Array(room);
  let reasons = new Uint8Array(room);
  let offsets = new Float64Array(room);
  let bits = new Uint32Array(room * held.length);
  let floats = new Float32Array(bits.buffer);
  let parts = new Float64Array(room * width);

  const grow = (): void => {
    const wider = new Uint32Array(2 * room * held.length);
    for (let column = 0; column < held.length; column++) wider.set(bits.subarray(column * room, (column + 1) * room), column * 2 * room);
    room *= 2;
    subjects = enlarged(subjects, new Int32Array(room));
    times = enlarged(times, new Float64Array(room));
    labels = enlarged(labels, new Float64Array(room));
    weights = enlarged(weights, new Float64Array(room));
    reasons = enlarged(reasons, new Uint8Array(room));
    offsets = enlarged(offsets, new Float64Array(room));
    bits = wider;
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
      for (let i = 0; i < numbers.length; i++) floats[columnOf[numbers[i]!]! * room + count] = values[numbers[i]!]!;
      for (let i = 0; i < codes.length; i++) bits[columnOf[codes[i]!]! * room + count] = bitsOf(values[codes[i]!]!);
      for (const [i, part] of parted) parts[count * width + part] = values[i]!;
      return count++;
    },
    finish(names) {
      const order = orderOf({ count, names, subjects, times: times.subarray(0, count), reasons, offsets });
      const sorted = new Uint32Array(count * held.length);
      for (let column = 0; column < held.length; column++) pick(bits.subarray(column * room), order, sorted.subarray(column * count));
      const sortedParts = new Float64Array(count * width);
      for (let row = 0; row < count; row++) for (let part = 0; part < width; part++) sortedParts[row * width + part] = parts[order[row]! * width + part]!;
      return {
        order,
        rows: {
          subjects: pick(subjects, order, new Int32Array(count)),
          times: pick(times, order, new Float64Array(count)),
          labels: pick(labels, order, new Float64Array(count)),
          weights: pick(weights, order, new Float64Array(count)),
          reasons: pick(reasons, order, new Uint8Array(count)),
          offsets: pick(offsets, order, new Float64Array(count)),
          bits: sorted,
          parts: sortedParts,
        },
      };
    },
  };
}

/** Those at these places, one behind the other. */
export function pick<T extends Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array>(from: T, places: Int32Array, into: T): T {
  for (let i = 0; i < places.length; i++) into[i] = from[places[i]!]!;
  return into;
}
