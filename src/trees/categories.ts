import { random } from '../base/portable.ts';
import type { CategoricalColumn } from './dataset.ts';

/** A categorical column with its unused levels dropped and the rest in code-unit order, whatever order they came in. */
export interface Categories {
  levels: string[];
  /** One code a row; missing is `levels.length`. */
  codes: Int32Array;
  hasMissing: boolean;
}

export function canonicalCategories(column: CategoricalColumn): Categories {
  const used = new Uint8Array(column.levels.length);
  let hasMissing = false;
  for (const code of column.codes) {
    if (code < 0) hasMissing = true;
    else used[code] = 1;
  }
  const levels = [...new Set(column.levels.filter((_, code) => used[code] === 1))].toSorted(byCodeUnit);
  const newCode = new Map(levels.map((level, code) => [level, code]));
  const recode = Int32Array.from(column.levels, (level) => newCode.get(level) ?? -1);
  const codes = column.codes.map((code) => (code < 0 ? levels.length : recode[code]!));
  return { levels, codes, hasMissing };
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Running sums of one category: its label sum and its weight. */
interface Rates {
  positives: Float64Array;
  totals: Float64Array;
}

/** A rate that starts at `prior` as if `strength` rows had been seen. */
function smoothed(rates: Rates, code: number, prior: number, strength: number): number {
  return (rates.positives[code]! + strength * prior) / (rates.totals[code]! + strength);
}

export interface TargetOptions {
  labels: Float64Array;
  weights: Float64Array;
  /** The rate of a category that nothing is known of: the base rate. */
  prior: number;
  /** How many rows the prior weighs. */
  strength: number;
  seed: string;
}

/** What a target-coded column shows in training (one value a row) and in serving (one value a level, missing last). */
export interface TargetStatistics {
  training: Float64Array;
  serving: Float64Array;
}

/**
 * Ordered target statistics (Prokhorenkova et al. 2018, "CatBoost: unbiased boosting with categorical features"): in
 * training a row sees only the labels of rows before it in a seeded permutation, never its own; in serving, all of
 * them.
 */
export function targetStatistics(categories: Categories, options: TargetOptions): TargetStatistics {
  const { codes, levels } = categories;
  const { labels, weights, prior, strength, seed } = options;
  const rates = { positives: new Float64Array(levels.length + 1), totals: new Float64Array(levels.length + 1) };
  const training = new Float64Array(codes.length);
  for (const row of permutation(codes.length, seed)) {
    const code = codes[row]!;
    training[row] = smoothed(rates, code, prior, strength);
    rates.positives[code]! += weights[row]! * labels[row]!;
    rates.totals[code]! += weights[row]!;
  }
  const serving = Float64Array.from({ length: levels.length + 1 }, (_, code) => smoothed(rates, code, prior, strength));
  return { training, serving };
}

/** The numbers 0 to n - 1 in a random order fixed by the seed (Fisher–Yates). */
export function permutation(n: number, seed: string): Uint32Array {
  const source = random(seed);
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = source.below(i + 1);
    const other = order[j]!;
    order[j] = order[i]!;
    order[i] = other;
  }
  return order;
}
