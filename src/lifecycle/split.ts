import type { Random } from '../base/index.ts';

/** Row numbers from the earliest to the latest; rows of equal time, and all rows without times, keep their order. */
export function timeOrder(rows: number, times?: Float64Array): Int32Array {
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  return times === undefined ? order : order.toSorted((a, b) => times[a]! - times[b]! || a - b);
}

/**
 * Cuts an order at the given shares of its rows, e.g. at 0.6 and 0.75 into three windows. With times, a cut moves to
 * where the time changes, so that no instant stands on both sides.
 */
export function timeWindows(order: Int32Array, shares: readonly number[], times?: Float64Array): Int32Array[] {
  const cuts = shares.map((share) => {
    let cut = Math.round(share * order.length);
    if (times === undefined) return cut;
    while (cut > 0 && cut < order.length && times[order[cut]!] === times[order[cut - 1]!]) cut++;
    return cut;
  });
  return [...cuts, order.length].map((cut, i) => order.slice(i === 0 ? 0 : cuts[i - 1], cut));
}

/**
 * Deals rows at random into `k` folds of equal size and equal share of positives; rows of one group stay together (then
 * the shares are equal only roughly). Returns the fold of each row.
 */
export function randomFolds(labels: Float64Array, k: number, random: Random, groups?: Int32Array): Int32Array {
  const folds = new Int32Array(labels.length);
  if (groups !== undefined) {
    const names = shuffle([...new Set(groups)], random);
    const foldOf = new Map(names.map((name, i) => [name, i % k]));
    return folds.map((_, row) => foldOf.get(groups[row]!)!);
  }
  let dealt = 0;
  for (const label of [1, 0]) {
    const rows = shuffle(
      Array.from(labels.keys()).filter((row) => labels[row] === label),
      random,
    );
    for (const row of rows) folds[row] = dealt++ % k;
  }
  return folds;
}

/** The same for labels that are numbers: each fold takes one of every `k` rows that follow one another in size. */
export function valueFolds(labels: Float64Array, k: number, random: Random, groups?: Int32Array): Int32Array {
  if (groups !== undefined) return randomFolds(labels, k, random, groups);
  const draws = Float64Array.from(labels, () => random.uniform());
  const order = Int32Array.from(labels.keys()).toSorted((a, b) => labels[a]! - labels[b]! || draws[a]! - draws[b]!);
  const folds = new Int32Array(labels.length);
  for (let at = 0; at < order.length; at += k) {
    const dealt = shuffle(Array.from({ length: k }, (_, fold) => fold), random);
    order.subarray(at, at + k).forEach((row, i) => (folds[row] = dealt[i]!));
  }
  return folds;
}

/** The rows whose group does not occur among `others`. */
export function withoutGroupsOf(rows: Int32Array, others: Int32Array, groups?: Int32Array): Int32Array {
  if (groups === undefined) return rows;
  const seen = new Set<number>();
  for (const row of others) seen.add(groups[row]!);
  return rows.filter((row) => !seen.has(groups[row]!));
}

/** Fisher–Yates, in place. */
function shuffle<T>(items: T[], random: Random): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return items;
}
