import type { Random } from '../base/portable.ts';

/** Each row with probability `share`, ascending, and never none; undefined for a share of 1: all rows. */
export function sampleRows(rows: number, share: number, source: Random): Uint32Array | undefined {
  if (share >= 1) return undefined;
  const chosen = new Uint32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (source.uniform() < share) chosen[count++] = row;
  if (count === 0) chosen[count++] = source.below(rows);
  return chosen.subarray(0, count);
}

/** A share of the features that have more than one bin, at least one where there is one, ascending. */
export function sampleColumns(binCounts: readonly number[], share: number, source: Random): number[] {
  const usable = binCounts.flatMap((count, column) => (count > 1 ? [column] : []));
  const wanted = Math.ceil(usable.length * share);
  const chosen: number[] = [];
  usable.forEach((column, i) => {
    const needed = wanted - chosen.length; // selection sampling: every subset of the wanted size is equally likely
    if (source.uniform() * (usable.length - i) < needed) chosen.push(column);
  });
  return chosen;
}

/**
 * Minimal variance sampling (Ibragimov & Gusev 2019): rows are drawn with the probability min(1, importance /
 * threshold), and this is the threshold that draws `share` of them. `counts` counts rows by the upper half of their
 * importance as a float32.
 */
export function importanceThreshold(counts: Uint32Array, share: number): number {
  const words = new DataView(new ArrayBuffer(4));
  const middle = (bucket: number): number => {
    words.setUint32(0, bucket * 65_536 + 32_768);
    return words.getFloat32(0);
  };
  const target = share * counts.reduce((sum, count) => sum + count, 0);
  let below = counts.reduce((sum, count, bucket) => (count > 0 ? sum + count * middle(bucket) : sum), 0);
  let above = 0; // rows that are certain, from the most important down
  for (let bucket = counts.length - 1; bucket > 0; bucket--) {
    const count = counts[bucket]!;
    if (count === 0) continue;
    if (above + below / middle(bucket) >= target) return below / (target - above);
    above += count;
    below -= count * middle(bucket);
  }
  return Number.MIN_VALUE; // the share is more than all rows that say anything: take those
}
