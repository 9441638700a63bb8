import { checkCount, checkDataset } from './checks.ts';
import { columnsOf, createEncoder } from './encode.ts';
import { createField } from './field.ts';
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
  const given = weights ?? new Float64Array(data.rows).fill(1);
  const judged = createLoss(loss, { labels, weights: given, groups });
  const field = createField(data.rows, features.length);
  columnsOf(features, data).forEach((column, f) => {
    field.fill(f, features[f]!, createEncoder(features[f]!).column(column));
  });
  field.settle(given, { ...judged, start: () => bias }, 0);
  const ordered = features.map((feature) => feature.kind !== 'one-hot');
  const levelled = level === 'free' ? createLeveller(judged, data.rows) : undefined;
  const lossNow = (): number => (levelled ? judged.value(levelled(field.raw())) : field.loss());
  let best = lossNow();
  let bestCount = 0;
  const step = NEGLIGIBLE * Math.abs(best);
  let mark = best;
  let markCount = 0;
  let count = 0;
  return {
    add(tree) {
      field.totals(tree.splits, ordered);
      field.add(tree.leaves);
      const value = lossNow();
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
