import type { SchemaElement } from 'hyparquet';
import type { FeatureSpec } from '../../features/index.ts';
import type { SampleTable } from './sample-table.ts';
import type { ChunkValues } from './chunk.ts';
import { REASONS } from './plan.ts';
import { isCategorical } from './values.ts';

/** How many columns tell of a sample, before those of its features. */
export const HEADS = 5;

/** The columns of a training set: what tells of a sample, then its features. */
export function schemaOf(features: readonly FeatureSpec[]): SchemaElement[] {
  const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;
  const columns: SchemaElement[] = [
    { name: '_subject', ...text, repetition_type: 'REQUIRED' },
    { name: '_time', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'REQUIRED' },
    { name: '_label', type: 'INT32', repetition_type: 'OPTIONAL' },
    { name: '_weight', type: 'DOUBLE', repetition_type: 'REQUIRED' },
    { name: '_reason', ...text, repetition_type: 'REQUIRED' },
    ...features.map((feature): SchemaElement => ({ name: feature.name, ...(isCategorical(feature) ? text : { type: 'FLOAT' as const }), repetition_type: 'OPTIONAL' })),
  ];
  return [{ name: 'sample', num_children: columns.length }, ...columns];
}

/** Some rows of a table, in the order of `schemaOf`; a chunk is good until the next one. */
export function* chunksOf({ names, subjects, times, labels, weights, reasons, columns }: SampleTable, from: number, to: number): Generator<ChunkValues> {
  const rows = to - from;
  const room = new ArrayBuffer(rows * 4);
  const required = { rows, present: undefined, nulls: 0 };
  yield { name: '_subject', type: 'BYTE_ARRAY', ...required, values: coded(subjects.subarray(from, to), (subject) => names[subject]!).values };
  yield { name: '_time', type: 'INT64', ...required, values: longs(times.subarray(from, to)) };
  yield { name: '_label', type: 'INT32', rows, ...dense(labels.subarray(from, to), new Int32Array(room)) };
  yield { name: '_weight', type: 'DOUBLE', ...required, values: bytesOf(weights.slice(from, to)) };
  yield { name: '_reason', type: 'BYTE_ARRAY', ...required, values: coded(reasons.subarray(from, to), (reason) => REASONS[reason]!).values };
  for (const { feature: { name }, values, words } of columns) {
    const some = values.subarray(from, to);
    if (words === undefined) yield { name, type: 'FLOAT', rows, ...dense(some, new Float32Array(room)) };
    else yield { name, type: 'BYTE_ARRAY', rows, ...coded(some, (code) => words.get(code)) };
  }
}

type Optional = Pick<ChunkValues, 'present' | 'nulls' | 'values'>;

/** The numbers that are there, one behind the other. */
function dense(numbers: Float32Array | Float64Array, room: Float32Array | Int32Array): Optional {
  const present = new Uint8Array(Math.ceil(numbers.length / 8));
  let count = 0;
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i]!;
    if (value !== value) continue;
    present[i >>> 3]! |= 1 << (i & 7);
    room[count++] = value;
  }
  return { present, nulls: numbers.length - count, values: bytesOf(room.subarray(0, count)) };
}

const SLOTS = 1_024; // of words that were seen last; a power of two

/** Numbers as codes in the order of their first row, and the words that these stand for; equal words are one. What has no word is missing. */
function coded(numbers: Float64Array | Float32Array | Int32Array | Uint8Array, wordOf: (number: number) => string | null | undefined): Optional {
  const present = new Uint8Array(Math.ceil(numbers.length / 8));
  const codes = new Uint32Array(numbers.length);
  const known = new Map<number, number>();
  const places = new Map<string, number>();
  const slots = new Float64Array(SLOTS).fill(NaN);
  const codeIn = new Int32Array(SLOTS);
  let count = 0;
  const codeOf = (number: number): number => {
    let code = known.get(number);
    if (code !== undefined) return code;
    const word = wordOf(number);
    code = typeof word !== 'string' ? -1 : (places.get(word) ?? places.size);
    if (typeof word === 'string') places.set(word, code);
    known.set(number, code);
    return code;
  };
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!;
    if (number !== number) continue;
    const slot = number & (SLOTS - 1);
    if (slots[slot] !== number) {
      slots[slot] = number;
      codeIn[slot] = codeOf(number);
    }
    if (codeIn[slot] === -1) continue;
    present[i >>> 3]! |= 1 << (i & 7);
    codes[count++] = codeIn[slot]!;
  }
  return { present, nulls: numbers.length - count, values: { codes: codes.subarray(0, count), words: [...places.keys()] } };
}

/** Whole numbers of 64 bits. */
function longs(numbers: Float64Array): Uint8Array {
  const halves = new Int32Array(numbers.length * 2);
  for (let i = 0; i < numbers.length; i++) {
    halves[2 * i] = numbers[i]! % 2 ** 32;
    halves[2 * i + 1] = Math.floor(numbers[i]! / 2 ** 32);
  }
  return bytesOf(halves);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array => new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
