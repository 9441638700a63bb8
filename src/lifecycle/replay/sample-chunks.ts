import type { SchemaElement } from 'hyparquet';
import type { FeatureSpec } from '../../features/index.ts';
import type { SampleColumn, SampleTable } from './sample-table.ts';
import type { ChunkValues } from './chunk.ts';
import { REASONS } from './plan.ts';
import { isCategorical } from './values.ts';

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

/** Some rows of a table, in the order of `schemaOf`. */
export function* chunksOf({ names, subjects, times, labels, weights, reasons, columns }: SampleTable, from: number, to: number): Generator<ChunkValues> {
  const rows = to - from;
  const required = { rows, present: undefined, nulls: 0 };
  yield { name: '_subject', type: 'BYTE_ARRAY', ...required, values: coded(subjects.subarray(from, to), (subject) => names[subject]!) };
  yield { name: '_time', type: 'INT64', ...required, values: longs(times.subarray(from, to)) };
  yield { name: '_label', type: 'INT32', rows, ...wholes(labels.subarray(from, to)) };
  yield { name: '_weight', type: 'DOUBLE', ...required, values: bytesOf(weights.slice(from, to)) };
  yield { name: '_reason', type: 'BYTE_ARRAY', ...required, values: coded(reasons.subarray(from, to), (reason) => REASONS[reason]!) };
  for (const column of columns) yield column.words === undefined ? floats(column, from, to) : texts(column, from, to);
}

function floats({ feature: { name }, values }: SampleColumn, from: number, to: number): ChunkValues {
  const present = new Uint8Array(to - from);
  const dense = new Float32Array(to - from);
  let count = 0;
  for (let row = from; row < to; row++) {
    const value = values[row]!;
    if (value !== value) continue;
    present[row - from] = 1;
    dense[count++] = value;
  }
  return { name, type: 'FLOAT', rows: to - from, present, nulls: to - from - count, values: bytesOf(dense.subarray(0, count)) };
}

function texts({ feature: { name }, values, words }: SampleColumn, from: number, to: number): ChunkValues {
  const present = new Uint8Array(to - from);
  const dense = new Float64Array(to - from);
  let count = 0;
  let last = NaN;
  let isWord = false;
  for (let row = from; row < to; row++) {
    const code = values[row]!;
    if (code !== code) continue;
    if (code !== last) [last, isWord] = [code, typeof words!.get(code) === 'string'];
    if (!isWord) continue;
    present[row - from] = 1;
    dense[count++] = code;
  }
  return { name, type: 'BYTE_ARRAY', rows: to - from, present, nulls: to - from - count, values: coded(dense.subarray(0, count), (code) => words!.get(code)!) };
}

/** Numbers as codes in the order of their first row, and the words that these stand for; equal words are one. */
function coded(numbers: ArrayLike<number>, wordOf: (number: number) => string): { codes: Uint32Array; words: string[] } {
  const codes = new Uint32Array(numbers.length);
  const known = new Map<number, number>();
  const places = new Map<string, number>();
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!;
    let code = known.get(number);
    if (code === undefined) {
      const word = wordOf(number);
      code = places.get(word) ?? places.size;
      places.set(word, code);
      known.set(number, code);
    }
    codes[i] = code;
  }
  return { codes, words: [...places.keys()] };
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

function wholes(numbers: Float64Array): Pick<ChunkValues, 'present' | 'nulls' | 'values'> {
  const present = Uint8Array.from(numbers, (number) => Number(number === number));
  const dense = Int32Array.from(numbers.filter((number) => number === number));
  return { present, nulls: numbers.length - dense.length, values: bytesOf(dense) };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array => new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
