import { emptyBins, fillBins, type Bins } from './bins.ts';
import { checkCount, checkDataset } from './checks.ts';
import type { Dataset } from './dataset.ts';
import { columnsOf, createEncoder } from './encode.ts';
import { leavesOf } from './grow.ts';
import { createLeveller } from './level.ts';
import { createLoss, type LossName } from './losses.ts';
import type { ModelFeature, Tree } from './model.ts';
import type { FitOptions } from './options.ts';

/** Patience is over a fall by this share of the first loss: what can be told apart without error never stops falling. */
const NEGLIGIBLE = 1e-4;

/** Watches the validation loss as trees are added. */
export interface Judge {
  /** Adds a tree and returns the loss. */
  add(tree: Tree): number;
  /** The number of trees at the lowest loss. */
  bestCount(): number;
  /** Trees added since the loss last fell by more than next to nothing. */
  sinceBetter(): number;
}

/** A judge over a validation table. Throws a Fault where the table lacks a column or the loss refuses its labels. */
export function createJudge(
  features: readonly ModelFeature[],
  { data, labels, weights, groups, level }: NonNullable<FitOptions['validation']>,
  { loss, bias }: { loss: LossName; bias: number },
): Judge {
  checkDataset(data);
  checkCount(labels, data.rows);
  const judged = createLoss(loss, { labels, weights: weights ?? new Float64Array(data.rows).fill(1), groups });
  const bins = binned(features, data);
  const ordered = features.map((feature) => feature.kind !== 'one-hot');
  const raw = new Float64Array(data.rows).fill(bias);
  const levelled = level === 'free' ? createLeveller(judged, data.rows) : (scores: Float64Array) => scores;
  let best = judged.value(levelled(raw));
  let bestCount = 0;
  const step = NEGLIGIBLE * Math.abs(best);
  let mark = best;
  let markCount = 0;
  let count = 0;
  return {
    add(tree) {
      const leafOf = leavesOf(tree.splits, bins, ordered);
      for (let row = 0; row < raw.length; row++) raw[row]! += tree.leaves[leafOf[row]!]!;
      const value = judged.value(levelled(raw));
      count++;
      if (value < best) {
        best = value;
        bestCount = count;
      }
      if (value < mark - step) {
        mark = value;
        markCount = count;
      }
      return value;
    },
    bestCount: () => bestCount,
    sinceBetter: () => count - markCount,
  };
}

function binned(features: readonly ModelFeature[], data: Dataset): Bins {
  const bins = emptyBins(data.rows, features.length);
  columnsOf(features, data).forEach((column, f) => {
    fillBins(bins, f, features[f]!, createEncoder(features[f]!).column(column));
  });
  return bins;
}
