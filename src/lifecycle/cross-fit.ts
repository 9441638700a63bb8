import { mix32 } from '../base/index.ts';
import { rowsWhere } from './rows.ts';

/** Rows in so many parts, all rows of a subject in one; the same for the same seed. */
export function foldsOf(subject: Int32Array, count: number, seed: number): Int32Array[] {
  const foldOf = subject.map((one) => mix32(one ^ Math.imul(seed + 1, 0x9e3779b9)) % count);
  return Array.from({ length: count }, (_, fold) => rowsWhere(subject.length, (row) => foldOf[row] === fold));
}

/** Of a fold: its rows, and the others, which may be learned from. */
export type OfFold = (fold: Int32Array, others: Int32Array) => Float64Array;

/**
 * A table of rows × `width` in which no row is told anything that was learned from its own fold: for each fold, `of` gives the part of its
 * rows. A row that is in no fold, or in one that is all there is, keeps noughts.
 */
export function crossFit(folds: readonly Int32Array[], { rows, width }: { rows: number; width: number }, of: OfFold): Float64Array {
  const table = new Float64Array(rows * width);
  for (const fold of folds) {
    const others = othersOf(fold, rows);
    if (fold.length === 0 || others.length === 0) continue;
    const part = of(fold, others);
    fold.forEach((row, at) => table.set(part.subarray(at * width, (at + 1) * width), row * width));
  }
  return table;
}

/** The rows that are not among some, ascending; of `count` rows. */
export function othersOf(rows: Int32Array, count: number): Int32Array {
  const among = new Uint8Array(count);
  for (const row of rows) among[row] = 1;
  return rowsWhere(count, (row) => among[row] === 0);
}
