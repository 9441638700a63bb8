import { mix32 } from '../../base/index.ts';
import { rowsWhere } from '../rows.ts';

/** Rows in so many parts, all rows of a subject in one; the same for the same seed. */
export function foldsOf(subject: Int32Array, count: number, seed: number): Int32Array[] {
  const foldOf = subject.map((one) => mix32(one ^ Math.imul(seed + 1, 0x9e3779b9)) % count);
  return Array.from({ length: count }, (_, fold) => rowsWhere(subject.length, (row) => foldOf[row] === fold));
}

/** The rows that are not among some, ascending; of `count` rows. */
export function othersOf(rows: Int32Array, count: number): Int32Array {
  const among = new Uint8Array(count);
  for (const row of rows) among[row] = 1;
  return rowsWhere(count, (row) => among[row] === 0);
}
