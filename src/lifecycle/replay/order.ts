const DIGIT = 16;
const DIGITS = 2 ** DIGIT;

/**
 * The positions of whole numbers in ascending order; equal ones keep theirs. A radix sort by 16 bits:
 * linear in the count, for numbers below 2^53 that lie within 2^48 of one another.
 */
export function ascending(values: Float64Array): Int32Array {
  const { least, most } = rangeOf(values);
  let from = new Int32Array(values.length);
  for (let i = 0; i < from.length; i++) from[i] = i;
  let to = new Int32Array(values.length);
  const digits = new Uint16Array(values.length);
  for (let scale = 1; scale <= most - least; scale *= DIGITS) {
    const starts = new Uint32Array(DIGITS + 1);
    countDigits(values, { least, scale }, digits, starts);
    for (let i = 0; i < DIGITS; i++) starts[i + 1]! += starts[i]!;
    layByDigit(from, digits, starts, to);
    [from, to] = [to, from];
  }
  return from;
}

function rangeOf(values: Float64Array): { least: number; most: number } {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! < least) least = values[i]!;
    if (values[i]! > most) most = values[i]!;
  }
  return { least, most };
}

function countDigits(values: Float64Array, { least, scale }: { least: number; scale: number }, digits: Uint16Array, starts: Uint32Array): void {
  for (let i = 0; i < values.length; i++) {
    digits[i] = (values[i]! - least) / scale; // 16 bits: what is above them and its fraction fall away
    starts[digits[i]! + 1]! += 1;
  }
}

/** `next` is where each digit begins, and then where it ends. */
function layByDigit(from: Int32Array, digits: Uint16Array, next: Uint32Array, to: Int32Array): void {
  for (let i = 0; i < from.length; i++) to[next[digits[from[i]!]!]!++] = from[i]!;
}
