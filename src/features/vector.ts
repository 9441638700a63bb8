import type { Value } from '../trees/index.ts';
import type { Fold } from './fold.ts';
import type { Linked } from './reading.ts';
import { HEADER_BYTES } from './header.ts';

/** The values of a row as of `now`, in the order of the features: what the model sees. Null is missing. */
export function readVector(fold: Fold, row: DataView, now: number, linked: Linked, feeds: Readonly<Record<string, number>>): Value[] {
  const { features } = fold;
  const numbers = new Float64Array(features.length);
  const heard = fold.sources.map((source) => feeds[source] ?? -Infinity);
  fold.vectorInto(row, HEADER_BYTES, now, numbers, { linked, heard });
  const values: Value[] = Array.from({ length: features.length }, () => null);
  for (let i = 0; i < values.length; i++) {
    const value = numbers[i]!;
    if (Number.isNaN(value)) continue;
    const words = fold.wordsOf(i);
    values[i] = words === undefined ? value : words(value);
  }
  return values;
}
