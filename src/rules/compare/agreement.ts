import { rankingOf } from './ranking.ts';

/** How alike two orders of the same rows are: 1 the same, 0 unrelated, -1 reversed. NaN where one of them has no order. */
export interface Agreement {
  /** Kendall's tau-b. */
  readonly kendall: number;
  /** Spearman's rho. */
  readonly spearman: number;
}

export const agreementOf = (a: Float64Array, b: Float64Array): Agreement => ({ kendall: kendall(a, b), spearman: pearson(midranks(a), midranks(b)) });

/** Tau-b by Knight's method (1966): pairs against the order are the exchanges of a merge sort; O(n log n). */
export function kendall(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  const order = Int32Array.from(a.keys()).toSorted((i, j) => a[i]! - a[j]! || b[i]! - b[j]!);
  const sorted = Float64Array.from(order, (row) => b[row]!);
  let tiedA = 0;
  let tiedBoth = 0;
  for (let i = 1, runA = 1, runBoth = 1; i <= n; i++) {
    const sameA = i < n && a[order[i]!] === a[order[i - 1]!];
    const sameBoth = sameA && sorted[i] === sorted[i - 1];
    if (sameBoth) runBoth += 1;
    else [tiedBoth, runBoth] = [tiedBoth + pairs(runBoth), 1];
    if (sameA) runA += 1;
    else [tiedA, runA] = [tiedA + pairs(runA), 1];
  }
  const exchanges = exchangesOf(sorted);
  let tiedB = 0;
  for (let i = 1, run = 1; i <= n; i++) {
    if (i < n && sorted[i] === sorted[i - 1]) run += 1;
    else [tiedB, run] = [tiedB + pairs(run), 1];
  }
  const all = pairs(n);
  const difference = all - tiedA - tiedB + tiedBoth - 2 * exchanges;
  return difference / Math.sqrt((all - tiedA) * (all - tiedB));
}

const pairs = (n: number): number => (n * (n - 1)) / 2;

/** Sorts, and counts the pairs that stood the wrong way round. */
function exchangesOf(values: Float64Array): number {
  const n = values.length;
  const room = new Float64Array(n);
  let exchanges = 0;
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(start + width, n);
      const end = Math.min(start + 2 * width, n);
      for (let i = start, j = middle, k = start; k < end; k++) {
        if (i < middle && (j >= end || values[i]! <= values[j]!)) room[k] = values[i++]!;
        else {
          exchanges += middle - i;
          room[k] = values[j++]!;
        }
      }
      values.set(room.subarray(start, end), start);
    }
  }
  return exchanges;
}

/** Places from the top, equal values sharing the mean of theirs. */
export function midranks(values: Float64Array): Float64Array {
  const { order, starts } = rankingOf(values);
  const ranks = new Float64Array(values.length);
  for (let group = 0; group + 1 < starts.length; group++) {
    const [from, to] = [starts[group]!, starts[group + 1]!];
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + to + 1) / 2;
  }
  return ranks;
}

function pearson(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - meanA, b[i]! - meanB];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return both / Math.sqrt(ofA * ofB);
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
