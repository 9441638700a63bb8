import { checkDataset, checkLabels } from './checks.ts';
import type { Dataset } from './dataset.ts';
import { createEncoder, encodeDataset } from './encode.ts';
import { logLoss } from './gradient.ts';
import { leavesOf } from './grow.ts';
import type { ModelFeature, Tree } from './model.ts';
import type { FitOptions } from './options.ts';
import { emptyBins, fillBins, type Bins } from './prepare.ts';

/** Watches the validation loss as trees are added. */
export interface Judge {
  /** Adds a tree and returns the loss. */
  add(tree: Tree): number;
  /** The number of trees at the lowest loss. */
  bestCount(): number;
  /** Trees added since then. */
  sinceBest(): number;
}

/** A judge over a validation table. Throws a Fault where the table lacks a column or its labels are not 0 or 1. */
export function createJudge(
  features: readonly ModelFeature[],
  { data, labels }: NonNullable<FitOptions['validation']>,
  bias: number,
): Judge {
  checkDataset(data);
  checkLabels(labels, data.rows);
  const bins = binned(features, data);
  const ordered = features.map((feature) => feature.kind !== 'one-hot');
  const raw = new Float64Array(data.rows).fill(bias);
  let best = logLoss(raw, labels);
  let bestCount = 0;
  let count = 0;
  return {
    add(tree) {
      const leafOf = leavesOf(tree.splits, bins, ordered);
      for (let row = 0; row < raw.length; row++) raw[row]! += tree.leaves[leafOf[row]!]!;
      const loss = logLoss(raw, labels);
      count++;
      if (loss < best) {
        best = loss;
        bestCount = count;
      }
      return loss;
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
