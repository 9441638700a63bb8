import type { Dataset, Scorer } from '../trees/index.ts';
import { rowOf } from './rows.ts';

export interface Importance {
  input: string;
  /** Mean of |SHAP| in log-odds. */
  effect: number;
}

/** How far each input moves the score on average, over an even sample of at most `most` rows; largest first. */
export function importanceOf(scorer: Scorer, data: Dataset, most = 2_000): Importance[] {
  const sums = new Float64Array(scorer.features.length);
  const stride = Math.max(1, data.rows / most);
  let rows = 0;
  for (let at = 0; at < data.rows; at += stride, rows++) {
    const effects = scorer.contributions(rowOf(data, Math.floor(at)));
    for (let f = 0; f < sums.length; f++) sums[f]! += Math.abs(effects[f]!);
  }
  return [...scorer.features]
    .map((input, f) => ({ input, effect: sums[f]! / rows }))
    .toSorted((a, b) => b.effect - a.effect || (a.input < b.input ? -1 : 1));
}
