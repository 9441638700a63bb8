import { mix32, pow2 } from '../../base/portable.ts';

/** The kernels of grow.as in plain form, on typed arrays: what they must equal, bit for bit. */

/** Pairs of gradient and hessian, one after another. */
export type Pairs = Int32Array;

export function binColumn(values: Float64Array, borders: readonly number[], missing: number): Uint8Array {
  return Uint8Array.from(values, (given) => {
    const value = given === given ? Math.fround(given) : missing;
    return borders.filter((border) => value > border).length;
  });
}

/** The upper bits of a derivative, rounded: what a histogram counts. */
export function kept(derivative: number): number {
  return Math.floor((derivative + 2 ** 12) / 2 ** 13);
}

/** Sums of the kept derivatives of the rows by bin, interleaved. */
export function histogram(column: Uint8Array, pairs: Pairs, rows: Uint32Array): BigInt64Array {
  const sums = new BigInt64Array(512);
  for (const row of rows) {
    sums[2 * column[row]!]! += BigInt(kept(pairs[2 * row]!));
    sums[2 * column[row]! + 1]! += BigInt(kept(pairs[2 * row + 1]!));
  }
  return sums;
}

export interface Candidates {
  l2: number;
  ordered: boolean;
  /** 1 where leaf values must not fall above a border, -1 where they must not rise, 0 where it does not matter. */
  sign: number;
}

/** What each candidate of a column is worth: Σ G² / (H + l2) over the two children that it makes. */
export function scores(sums: BigInt64Array, { l2, ordered, sign }: Candidates): number[] {
  const bins = Array.from({ length: sums.length / 2 }, (_, bin) => [Number(sums[2 * bin]), Number(sums[2 * bin + 1])]);
  const add = (a: number[], b: number[]): number[] => [a[0]! + b[0]!, a[1]! + b[1]!];
  const worth = ([g, h]: number[]): number => (h! + l2 > 0 ? (g! * g!) / (h! + l2) : 0);
  const total = bins.reduce(add, [0, 0]);
  return bins.map((bin, at) => {
    const below = ordered ? bins.slice(0, at + 1).reduce(add, [0, 0]) : bin;
    const above = add(total, [-below[0]!, -below[1]!]);
    const divided = below.some((sum) => sum !== 0) && (ordered || bin.some((sum) => sum !== 0));
    const falls = below[0]! * (above[1]! + l2) < above[0]! * (below[1]! + l2); // leaf values are -G / (H + l2)
    const rises = below[0]! * (above[1]! + l2) > above[0]! * (below[1]! + l2);
    const forbidden = sign > 0 ? falls : sign < 0 && rises;
    return !divided || forbidden ? worth(total) : worth(below) + worth(above);
  });
}

/** A coin of 32 bits for a row and a seed. */
export function coin(row: number, seed: number): number {
  return mix32(Math.imul(row, 0x9e3779b9) ^ seed);
}

export interface Draw {
  /** The number of the first row. */
  first: number;
  seed: number;
  ridge: number;
  threshold: number;
  scale: number;
}

/** The rows drawn with the probability importance / threshold, and their pairs scaled by the inverse and by `scale`. */
export function drawRows(
  pairs: Pairs,
  { first, seed, ridge, threshold, scale }: Draw,
): { rows: number[]; pairs: number[] } {
  const rows = Array.from({ length: pairs.length / 2 }, (_, row) => row);
  const chance = (row: number): number => Math.min(importance(pairs, row, ridge) / threshold, 1);
  const drawn = rows.filter((row) => coin(first + row, seed) < chance(row) * 2 ** 32);
  const scaled = drawn.flatMap((row) => [0, 1].map((side) => nearest(pairs[2 * row + side]! * (scale / chance(row)))));
  return { rows: drawn, pairs: scaled };
}

/** How much a row says: √(g² + ridge · h²). */
export function importance(pairs: Pairs, row: number, ridge: number): number {
  const [g, h] = [pairs[2 * row]!, pairs[2 * row + 1]!];
  return Math.sqrt(g * g + ridge * (h * h));
}

/** Derivatives of the weighted log-loss in whole numbers; the hessian counts fourfold. */
export function logLossPairs(raw: Float64Array, labels: Float64Array, weights: Int32Array): Pairs {
  const pairs = new Int32Array(2 * raw.length);
  raw.forEach((x, row) => {
    const e = expBelow(-Math.min(Math.abs(x), 40));
    const q = 1 / (1 + e);
    const p = x < 0 ? e * q : q;
    pairs[2 * row] = nearest((p - labels[row]!) * weights[row]!);
    pairs[2 * row + 1] = nearest(e * q * q * weights[row]! * 4);
  });
  return pairs;
}

/** e^x for x in [-40, 0], within 2^-40 of it. */
function expBelow(x: number): number {
  const t = x * Math.LOG2E;
  const k = nearest(t);
  const r = (t - k) * Math.LN2;
  let sum = 1 / 39916800;
  for (const inverse of [3628800, 362880, 40320, 5040, 720, 120, 24, 6, 2, 1, 1]) sum = sum * r + 1 / inverse;
  return sum * pow2(k);
}

/** The nearest whole number, the even one of two; for magnitudes below 2^51. */
function nearest(x: number): number {
  return x + 6755399441055744 - 6755399441055744;
}
