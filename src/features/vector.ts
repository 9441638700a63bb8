import type { Value } from '../trees/index.ts';
import type { Fold } from './fold.ts';
import { HEADER_BYTES } from './header.ts';
import type { Linked } from './reading.ts';

/** The values of a row as of `now`, in the order of the features: what the model sees. Null is missing. */
export function readVector(fold: Fold, row: DataView, now: number, linked: Linked, feeds: Readonly<Record<string, number>>): Value[] {
  const { sources, words } = fold;
  const numbers = numbersFor(words.length);
  const heard = sources.map((source) => feeds[source] ?? -Infinity);
  fold.vectorInto(row, HEADER_BYTES, now, numbers, { linked, heard });
  const values: Value[] = [];
  for (let i = 0; i < words.length; i++) {
    const value = numbers[i]!;
    const word = words[i];
    values.push(value !== value ? null : word === undefined ? value : word(value));
  }
  return values;
}

let held = new Float64Array(0);

/** Room for a vector as numbers, until it is asked for again. */
function numbersFor(length: number): Float64Array {
  if (held.length < length) held = new Float64Array(length);
  return held;
}
