import { Fault, quote } from '../base/portable.ts';
import type { Dataset } from './dataset.ts';
import type { Split } from './model.ts';

const SWEEPS = 50;

/** One sign a column. Throws a Fault where there are more or fewer, or a category is to be ordered. */
export function checkSigns(signs: readonly number[] | undefined, { columns }: Dataset): readonly number[] {
  if (signs === undefined) return columns.map(() => 0);
  if (signs.length !== columns.length) {
    throw input(`${signs.length} signs`, `there are ${columns.length} columns`, 'give one sign a column');
  }
  columns.forEach(({ kind, name }, f) => {
    if (![-1, 0, 1].includes(signs[f]!)) throw input(`sign ${signs[f]}`, 'a sign is -1, 0 or 1', 'correct it');
    if (kind === 'categorical' && signs[f] !== 0) {
      throw input(`sign ${signs[f]} of ${quote(name)}`, 'categories have no order', 'give it 0');
    }
  });
  return signs;
}

/**
 * Leaf values that nowhere run against the signs: neighbours in the wrong order are pooled by weight, and what is left
 * is put right exactly by the mean of the highest value below a leaf and the lowest above. A leaf without weight takes the
 * value nearest to 0 that fits.
 */
export function monotoneLeaves(
  splits: readonly Split[],
  values: readonly number[],
  weights: Float64Array,
  signs: readonly number[],
): number[] {
  const bitsOf = (wanted: number): number =>
    splits.reduce((bits, { feature }, level) => (signs[feature] === wanted ? bits | (1 << level) : bits), 0);
  const [rising, falling] = [bitsOf(1), bitsOf(-1)];
  const bound = rising | falling;
  if (bound === 0) return [...values];
  const pooled = [...values];
  const held = Array.from(weights.keys()).filter((leaf) => weights[leaf]! > 0);
  const below = (a: number, b: number): boolean =>
    ((a ^ b) & ~bound) === 0 && ((a ^ falling) & ~(b ^ falling) & bound) === 0;
  for (let sweep = 0, moved = true; moved && sweep < SWEEPS; sweep++) {
    moved = false;
    for (const low of held) {
      for (const high of held) {
        if (low === high || !below(low, high) || pooled[low]! <= pooled[high]!) continue;
        const weight = weights[low]! + weights[high]!;
        const mean = (pooled[low]! * weights[low]! + pooled[high]! * weights[high]!) / weight;
        pooled[low] = mean;
        pooled[high] = mean;
        moved = true;
      }
    }
  }
  const highest = (leaf: number, among: readonly number[]): number =>
    held.reduce((most, other) => (below(other, leaf) ? Math.max(most, among[other]!) : most), -Infinity);
  const lowest = (leaf: number, among: readonly number[]): number =>
    held.reduce((least, other) => (below(leaf, other) ? Math.min(least, among[other]!) : least), Infinity);
  const ordered = pooled.map((_, leaf) => (weights[leaf]! > 0 ? (highest(leaf, pooled) + lowest(leaf, pooled)) / 2 : 0));
  return ordered.map((value, leaf) =>
    weights[leaf]! > 0 ? value : Math.min(Math.max(0, highest(leaf, ordered)), lowest(leaf, ordered)),
  );
}

function input(value: string, rule: string, remedy: string): Fault {
  return new Fault({ kind: 'input', value, rule, remedy });
}
