/** The bin of a category that equals no level. */
const NO_BIN = 255;

/** A column as its feature's splits compare it: numbers, target rates or codes of categories. */
export type Encoded = Float64Array | Float32Array | Int32Array;

/** The bin of a category's code; one that equals no level is negative. */
export function binCode(code: number): number {
  return code < 0 ? NO_BIN : code;
}
