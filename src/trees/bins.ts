import type { ModelFeature } from './model.ts';
import { binOf } from './quantise.ts';

/** The bin of a category that equals no level. */
const NO_BIN = 255;

/** A quantised table: one array of bins a feature. */
export interface Bins {
  rows: number;
  columns: Uint8Array[];
}

/** A column as its feature's splits compare it: numbers, target rates or codes of categories. */
export type Encoded = Float64Array | Float32Array | Int32Array;

export function emptyBins(rows: number, width: number): Bins {
  return { rows, columns: Array.from({ length: width }, () => new Uint8Array(rows)) };
}

/** Writes the bins of one feature: the number of borders below the value, or the category's code. */
export function fillBins({ rows, columns }: Bins, f: number, feature: ModelFeature, encoded: ArrayLike<number>): void {
  const column = columns[f]!;
  for (let row = 0; row < rows; row++) {
    const value = encoded[row]!;
    column[row] = feature.kind === 'one-hot' ? binCode(value) : binOf(feature.borders, value);
  }
}

/** The bin of a category's code; one that equals no level is negative. */
export function binCode(code: number): number {
  return code < 0 ? NO_BIN : code;
}
