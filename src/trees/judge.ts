import { emptyBins, fillBins, type Bins } from './bins.ts';
import { checkCount, checkDataset } from './checks.ts';
import type { Dataset } from './dataset.ts';
import { createEncoder, encodeDataset } from './encode.ts';
import { leavesOf } from './grow.ts';
import { createLoss, type LossName } from './losses.ts';
import type { ModelFeature, Tree } from './model.ts';
import type { FitOptions } from './options.ts';

/** Watches the validation loss as trees are added. */
export interface Judge {
  /** Adds a tree and returns the loss. */
  add(tree: Tree): number;
  /** The number of trees at the lowest loss. */
  bestCount(): number;
  /** Trees added since then. */
  sinceBest(): number;
}

/** A judge over a validation table. Throws a Fault where the table lacks a column or the loss refuses its labels. */
export function createJudge(
  features: readonly ModelFeature[],
  { data, labels, weights, groups }: NonNullable<FitOptions['validation']>,
  { loss, bias }: { loss: LossName; bias: number },
): Judge {
  checkDataset(data);
  checkCount(labels, data.rows);
  const judged = createLoss(loss, { labels, weights: weights ?? new Float64Array(data.rows).fill(1), groups });
  const bins = binned(features, data);
  const ordered = features.map((feature) => feature.kind !== 'one-hot');
  const raw = new Float64Array(data.rows).fill(bias);
  let best = judged.value(raw);
  let bestCount = 0;
  let count = 0;
  return {
    add(tree) {
      const leafOf = leavesOf(tree.splits, bins, ordered);
      for (let row = 0; row < raw.length; row++) raw[row]! += tree.leaves[leafOf[row]!]!;
      const value = judged.value(raw);
      count++;
      if (value < best) {
        best = value;
        bestCount = count;
      }
      return value;
    },
    bestCount: () => bestCount,
    sinceBest: () => count - bestCount,
  };
}

function binned(features: readonly ModelFeature[], data: Dataset): Bins {
  const bins = emptyBins(data.rows, features.length);
  const encoders = features.map(createEncoder);
  encodeDataset(features, encoders, data).forEach((encoded, f) => fillBins(bins, f, features[f]!, encoded));
  return bins;
}
