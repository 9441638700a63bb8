import type { PartialValues } from './explain.ts';

/**
 * The interventional value (Janzing et al. 2020): the unknown levels answer as they do for the rows of a background,
 * whatever the known ones answer. `counts` says how many of these rows fall into each leaf. All there is to know of a
 * background is in these counts, so explaining against it costs no more than along the tree.
 */
export function interventional(counts: Float64Array): PartialValues {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  return ({ splits, leaves }) => {
    const depth = splits.length;
    const all = (1 << depth) - 1;
    const values = new Float64Array(3 ** depth);
    for (let known = 0; known <= all; known++) {
      const unknown = all & ~known;
      const shares = sharesOf(counts, unknown, rows);
      for (let answers = known; ; answers = (answers - 1) & known) {
        let sum = 0;
        for (let rest = unknown; ; rest = (rest - 1) & unknown) {
          sum += shares[rest]! * leaves[answers | rest]!;
          if (rest === 0) break;
        }
        values[ternary(answers, unknown, depth)] = sum;
        if (answers === 0) break;
      }
    }
    return values;
  };
}

/** The share of background rows by their answers at the unknown levels; without rows, each is as likely. */
function sharesOf(counts: Float64Array, unknown: number, rows: number): Float64Array {
  const shares = new Float64Array(counts.length);
  for (let leaf = 0; leaf < counts.length; leaf++) {
    shares[leaf & unknown]! += rows > 0 ? counts[leaf]! / rows : 1 / counts.length;
  }
  return shares;
}

/** The number whose digits are the answers, and 2 where a level is unknown; the first level the lowest. */
function ternary(answers: number, unknown: number, depth: number): number {
  let state = 0;
  for (let level = depth - 1; level >= 0; level--) {
    state = 3 * state + ((unknown >> level) & 1 ? 2 : (answers >> level) & 1);
  }
  return state;
}
