/** The best that a policy could do which sees features only, learned from the truth itself. */
import { crossFit } from '../../src/lifecycle/cross-fit.ts';
import { take, takeRows } from '../../src/lifecycle/rows.ts';
import { createScorer, fit } from '../../src/trees/index.ts';
import type { ActionWorld } from './action-world.ts';

const PARTS = 5;

/**
 * The action of each judged lead with the largest true effect that features foretell, by trees fitted to the true effects of the other four
 * fifths. What the oracle gains beyond it no feature tells, or not to trees of so few leads: it is a lower estimate of what could be known.
 */
export function observableBest({ judged, chances }: Pick<ActionWorld, 'judged' | 'chances'>): Int32Array {
  const { count, arms } = judged.decisions;
  const width = arms.length;
  const effect = (row: number, arm: number): number => chances[row * width + arm]! - chances[row * width + judged.rule[row]!]!;
  const best = judged.rule.slice();
  const most = new Float64Array(count);
  for (let arm = 0; arm < width; arm++) {
    const rows = Int32Array.from({ length: count }, (_, row) => row).filter((row) => arm !== judged.rule[row] && !Number.isNaN(effect(row, arm)));
    const truth = Float64Array.from(rows, (row) => effect(row, arm));
    const at = (places: Int32Array): Int32Array => places.map((place) => rows[place]!);
    const parts = Array.from({ length: PARTS }, (_, part) => Int32Array.from(rows.keys()).filter((place) => place % PARTS === part));
    const foretold = crossFit(parts, { rows: rows.length, width: 1 }, (fold, others) =>
      createScorer(fit(takeRows(judged.data, at(others)), take(truth, others), { loss: 'rmse', trees: 80, depth: 4, learningRate: 0.08, l2: 10, subsample: 0.8, seed: 1, threads: 1 })).rawBatch(takeRows(judged.data, at(fold))));
    rows.forEach((row, place) => {
      if (foretold[place]! > most[row]!) [best[row], most[row]] = [arm, foretold[place]!];
    });
  }
  return best;
}
