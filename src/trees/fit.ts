import { random } from '../base/portable.ts';
import { checkCount, checkDataset, checkWeights, weightedMean } from './checks.ts';
import type { Dataset } from './dataset.ts';
import { balanced } from './class-weights.ts';
import type { Gradients } from './gradient.ts';
import { growSplits, leavesOf } from './grow.ts';
import type { Layout } from './histogram.ts';
import { createJudge, type Judge } from './judge.ts';
import type { Loss } from './loss.ts';
import { createLoss } from './losses.ts';
import type { Model, Tree } from './model.ts';
import { settle, type FitOptions, type Settings } from './options.ts';
import { prepare, type Prepared } from './prepare.ts';
import { prune } from './prune.ts';
import { sampleColumns, sampleRows } from './sample.ts';

/**
 * Trains symmetric trees by Newton boosting on a loss (Friedman 2001; Chen & Guestrin 2016; Prokhorenkova et al.
 * 2018). Labels are 0 or 1, or what `loss` says. The same data, options and seed give the same model, bit for bit. Throws a Fault where the
 * table is not rectangular, a label is not one of the loss, an outcome is absent or an option is out of bounds.
 */
export function fit(data: Dataset, labels: Float64Array, options: FitOptions = {}): Model {
  const settings = settle(options, data);
  const given = options.weights ?? new Float64Array(data.rows).fill(1);
  checkDataset(data);
  checkCount(labels, data.rows);
  checkWeights(given, data.rows);
  const weights = options.classWeights === 'balanced' ? balanced(given, labels) : given;
  const loss = createLoss(settings.loss, { labels, weights, groups: options.groups });
  const bias = loss.start();
  const prepared = prepare(data, { labels, weights, baseRate: weightedMean(labels, weights) }, settings);
  const judge = options.validation && createJudge(prepared.features, options.validation, { loss: settings.loss, bias });
  const trees = boost({ prepared, loss, weights, bias, settings, judge, options });
  return prune({ bias, features: prepared.features, trees: trees.slice(0, judge?.bestCount() ?? trees.length) });
}

interface Boosting {
  prepared: Prepared;
  loss: Loss;
  weights: Float64Array;
  bias: number;
  settings: Settings;
  judge: Judge | undefined;
  options: FitOptions;
}

function boost({ prepared, loss, weights, bias, settings, judge, options }: Boosting): Tree[] {
  const { features, bins } = prepared;
  const { depth, l2, learningRate } = settings;
  const ordered = features.map((feature) => feature.kind !== 'one-hot');
  const raw = new Float64Array(bins.rows).fill(bias);
  const gradients: Gradients = { gradient: new Float64Array(bins.rows), hessian: new Float64Array(bins.rows) };
  const source = random(settings.seed).fork('trees');
  const trees: Tree[] = [];
  for (let n = 0; n < settings.trees; n++) {
    options.signal?.throwIfAborted();
    loss.update(gradients, raw);
    const stream = source.fork(n);
    const rows = sampleRows(bins.rows, settings.subsample, stream);
    const layout = layOut(
      sampleColumns(prepared.binCounts, settings.columnSample, stream),
      prepared.binCounts,
      ordered,
    );
    const splits = layout.columns.length === 0 ? [] : growSplits({ bins, layout, gradients, rows, depth, l2 });
    if (splits.length === 0) continue; // nothing among these rows and columns tells the labels apart
    const leafOf = leavesOf(splits, bins, ordered);
    const tree = { splits, ...newtonLeaves(leafOf, 1 << splits.length, gradients, weights, learningRate, l2) };
    trees.push(tree);
    for (let row = 0; row < raw.length; row++) raw[row]! += tree.leaves[leafOf[row]!]!;
    const value = judge?.add(tree) ?? (options.onProgress ? loss.value(raw) : NaN);
    options.onProgress?.(trees.length, value);
    if (judge && judge.sinceBest() >= settings.patience) break;
  }
  return trees;
}

/** One Newton step a leaf, shrunk by the learning rate, and the weight of the rows there. */
function newtonLeaves(
  leafOf: Uint8Array,
  count: number,
  { gradient, hessian }: Gradients,
  weights: Float64Array,
  learningRate: number,
  l2: number,
): { leaves: number[]; covers: number[] } {
  const g = new Float64Array(count);
  const h = new Float64Array(count);
  const covers = new Float64Array(count);
  for (let row = 0; row < leafOf.length; row++) {
    const leaf = leafOf[row]!;
    g[leaf]! += gradient[row]!;
    h[leaf]! += hessian[row]!;
    covers[leaf]! += weights[row]!;
  }
  const leaves = Array.from(g, (sum, leaf) => (h[leaf]! > 0 ? (-learningRate * sum) / (h[leaf]! + l2) : 0));
  return { leaves, covers: [...covers] };
}

function layOut(columns: number[], binCounts: readonly number[], ordered: readonly boolean[]): Layout {
  const starts = [0];
  for (const column of columns) starts.push(starts.at(-1)! + binCounts[column]!);
  return { columns, starts, ordered: columns.map((column) => ordered[column]!) };
}
