const DIGIT = 16;
const DIGITS = 2 ** DIGIT;

/**
 * The positions of whole numbers in ascending order; equal ones keep theirs. A radix sort by 16 bits:
 * linear in the count, for numbers below 2^53 that lie within 2^48 of one another.
 */
export function ascending(values: Float64Array): Int32Array {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! < least) least = values[i]!;
    if (values[i]! > most) most = values[i]!;
  }
  let from = new Int32Array(values.length);
  for (let i = 0; i < from.length; i++) from[i] = i;
  let to = new Int32Array(values.length);
  const digits = new Uint16Array(values.length);
  for (let scale = 1; scale <= most - least; scale *= DIGITS) {
    const starts = new Uint32Array(DIGITS + 1);
    for (let i = 0; i < values.length; i++) {
      digits[i] = (values[i]! - least) / scale; // 16 bits: what is above them and its fraction fall away
      starts[digits[i]! + 1]! += 1;
    }
    for (let i = 0; i < DIGITS; i++) starts[i + 1]! += starts[i]!;
    for (let i = 0; i < from.length; i++) to[starts[digits[from[i]!]!]!++] = from[i]!;
    [from, to] = [to, from];
  }
  return from;
}
