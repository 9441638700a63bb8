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
