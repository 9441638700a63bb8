import { mix32 } from '../base/portable.ts';
import type { Numbers } from './dataset.ts';

const FLOAT32_MAX = 3.4028234663852886e38;

/**
 * Up to `max` float32 borders that cut the values into bins of about equal counts, ascending. The rule is `value >
 * border`, so a border lies at or above the lower value and below the upper one. Depends on the multiset only, not on
 * the order. `values` are float32 without NaN.
 */
export function quantileBorders(values: Float32Array, max: number): number[] {
  const { distinct, counts } = distinctValues(values);
  const borders: number[] = [];
  let below = 0; // rows since the last border
  let left = values.length; // rows above the last border
  for (let i = 0; i + 1 < distinct.length && borders.length < max; i++) {
    below += counts[i]!;
    const room = max - borders.length;
    const fitsAll = distinct.length - 1 - i <= room;
    if (!fitsAll && below * (room + 1) < left) continue;
    borders.push(between(distinct[i]!, distinct[i + 1]!));
    left -= below;
    below = 0;
  }
  return borders;
}

function distinctValues(values: Float32Array): { distinct: Float32Array; counts: Uint32Array } {
  const sorted = values.toSorted();
  const counts = new Uint32Array(sorted.length);
  let found = 0; // distinct values move to the front of the sorted array
  for (const value of sorted) {
    if (found === 0 || sorted[found - 1] !== value) sorted[found++] = value;
    counts[found - 1]!++;
  }
  return { distinct: sorted.subarray(0, found), counts: counts.subarray(0, found) };
}

/** A float32 in [low, high) for float32 low < high: the midpoint where rounding allows it. */
function between(low: number, high: number): number {
  if (low === -Infinity) return low;
  if (high === Infinity) return FLOAT32_MAX;
  const middle = Math.fround(low / 2 + high / 2) + 0; // + 0 turns -0 into 0
  return middle >= low && middle < high ? middle : low;
}

/** A number as splits compare it: rounded to float32, missing (NaN) moved beyond every border of its side. */
export function toFloat32(value: number, missing: 'low' | 'high'): number {
  if (value !== value) return missing === 'low' ? -Infinity : Infinity;
  return Math.fround(value);
}

/** How many borders lie below the value: its bin, 0 to borders.length. */
export function binOf(borders: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = borders.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value > borders[middle]!) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A numeric column, learned: its borders and the side on which missing values stand. */
export interface Quantisation {
  borders: number[];
  missing: 'low' | 'high';
}

/** Borders and missing sides are learned from about this many rows, drawn evenly, where there are more. */
const MOST_ROWS = 131_072;

/**
 * Learns the borders of a numeric column. Where values are missing, one border sets them apart, and they stand on the
 * side that lets the best single split of the present values tell more about the label. Without missing values: low.
 */
export function quantise(values: Numbers, labels: Float64Array, weights: Float64Array, max: number): Quantisation {
  const present = new Float32Array(Math.min(values.length, MOST_ROWS));
  const step = Math.max(1, values.length / MOST_ROWS);
  let count = 0;
  for (let i = 0; i < present.length; i++) {
    const value = values[drawn(i, step)]!;
    if (value === value) present[count++] = value;
  }
  if (count === present.length && !hasMissing(values)) {
    return { borders: quantileBorders(present, max), missing: 'low' };
  }
  const borders = quantileBorders(present.subarray(0, count), max - 1);
  const missing = missingSide(values, labels, weights, borders);
  if (count === 0) return { borders, missing };
  if (missing === 'low') return { borders: borders[0] === -Infinity ? borders : [-Infinity, ...borders], missing };
  return { borders: borders.at(-1) === FLOAT32_MAX ? borders : [...borders, FLOAT32_MAX], missing };
}

function hasMissing(values: Numbers): boolean {
  for (let row = 0; row < values.length; row++) if (values[row] !== values[row]) return true;
  return false;
}

/** One row of every `step` rows, at a place in its stretch that follows no pattern; every row for a step of 1. */
function drawn(i: number, step: number): number {
  return Math.floor((i + (step > 1 ? mix32(i) / 2 ** 32 : 0)) * step);
}

/** The side on which missing values leave the best split of the column at its best. */
function missingSide(
  values: Numbers,
  labels: Float64Array,
  weights: Float64Array,
  borders: readonly number[],
): 'low' | 'high' {
  const positives = new Float64Array(borders.length + 2); // the last entry holds the missing rows
  const totals = new Float64Array(borders.length + 2);
  const step = Math.max(1, values.length / MOST_ROWS);
  for (let i = 0; i < Math.min(values.length, MOST_ROWS); i++) {
    const row = drawn(i, step);
    const value = values[row]!;
    const bin = value === value ? binOf(borders, Math.fround(value)) : borders.length + 1;
    positives[bin]! += weights[row]! * labels[row]!;
    totals[bin]! += weights[row]!;
  }
  return bestSeparation(positives, totals, 'low') >= bestSeparation(positives, totals, 'high') ? 'low' : 'high';
}

/** The largest Σ positives² / total over the two sides of a border: least squares, up to a constant. */
function bestSeparation(positives: Float64Array, totals: Float64Array, missing: 'low' | 'high'): number {
  const last = positives.length - 1;
  const allPositives = positives.reduce((sum, n) => sum + n, 0);
  const all = totals.reduce((sum, n) => sum + n, 0);
  let lowPositives = missing === 'low' ? positives[last]! : 0;
  let low = missing === 'low' ? totals[last]! : 0;
  let best = 0;
  for (let bin = 0; bin + 1 < last; bin++) {
    lowPositives += positives[bin]!;
    low += totals[bin]!;
    const high = all - low;
    if (low <= 0 || high <= 0) continue;
    const highPositives = allPositives - lowPositives;
    best = Math.max(best, (lowPositives * lowPositives) / low + (highPositives * highPositives) / high);
  }
  return best;
}
