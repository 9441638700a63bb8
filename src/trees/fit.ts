import { random, type Random } from '../base/portable.ts';
import { checkCount, checkDataset, checkPrior, checkWeights, weightedMean } from './checks.ts';
import type { Dataset } from './dataset.ts';
import { balanced } from './class-weights.ts';
import { createField, type Field, type LeafTotals } from './field.ts';
import { growSplits } from './grow.ts';
import { layOut, totalBins } from './histogram.ts';
import { createJudge, type Judge } from './judge.ts';
import { createLoss } from './losses.ts';
import type { Model, Tree } from './model.ts';
import { settle, type FitOptions, type Settings } from './options.ts';
import { checkSigns, monotoneLeaves } from './monotone.ts';
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
  const signs = checkSigns(options.monotone, data);
  checkWeights(given, data.rows);
  if (options.prior) checkPrior(options.prior, data.rows, settings.loss);
  const weights = options.classWeights === 'balanced' ? balanced(given, labels) : given;
  const loss = createLoss(settings.loss, { labels, weights, groups: options.groups });
  const bias = loss.start();
  const field = createField(data.rows, data.columns.length, { threads: settings.threads });
  try {
    const supervision = { labels, weights, baseRate: weightedMean(labels, weights) };
    const prepared = prepare(data, supervision, settings, field.fill);
    field.settle(weights, loss, totalBins(prepared.binCounts));
    const { features } = prepared;
    const judge = options.validation && createJudge(features, options.validation, { loss: settings.loss, bias });
    const trees = boost({ field, labels, prepared, settings, signs, judge, options });
    return prune({ bias, features, trees: trees.slice(0, judge?.bestCount() ?? trees.length) });
  } finally {
    field.close();
  }
}

/** The trees that learn a prior, and their shrinkage: enough to say what a score card says, and no more. */
const PRIOR_TREES = 40;
const PRIOR_RATE = 0.2;

interface Boosting {
  field: Field;
  labels: Float64Array;
  prepared: Prepared;
  settings: Settings;
  signs: readonly number[];
  judge: Judge | undefined;
  options: FitOptions;
}

function boost({ field, labels, prepared, settings, signs, judge, options }: Boosting): Tree[] {
  const { features, binCounts } = prepared;
  const { depth, l2, learningRate } = settings;
  const ordered = features.map((feature) => feature.kind !== 'one-hot');
  const source = random(settings.seed).fork('trees');
  const trees: Tree[] = [];
  const { prior } = options;
  const first = prior ? PRIOR_TREES : 0;
  if (prior) field.relabel(prior);
  for (let n = 0; n < settings.trees; n++) {
    options.signal?.throwIfAborted();
    if (prior && n === first) field.relabel(labels);
    const rate = n < first ? PRIOR_RATE : learningRate;
    field.derive();
    const stream = source.fork(n);
    plant(field, settings, stream);
    const layout = layOut(sampleColumns(binCounts, settings.columnSample, stream), { binCounts, ordered, signs });
    const splits = layout.columns.length === 0 ? [] : growSplits({ field, layout, depth, l2 });
    if (splits.length === 0) continue; // nothing among these rows and columns tells the labels apart
    const totals = field.totals(splits, ordered);
    const leaves = monotoneLeaves(splits, newtonLeaves(totals, rate, l2), totals.hessian, signs);
    const tree = { splits, leaves, covers: [...totals.covers] };
    trees.push(tree);
    field.add(tree.leaves);
    const value = judge?.add(tree) ?? (options.onProgress ? field.loss() : NaN);
    options.onProgress?.(trees.length, value);
    if (judge && n + 1 >= first + settings.patience && judge.sinceBetter() >= settings.patience) break;
  }
  return trees;
}

function plant(field: Field, { sampling, subsample }: Settings, stream: Random): void {
  if (sampling === 'mvs' && subsample < 1) field.plantImportant(subsample, stream.below(2 ** 32));
  else field.plant(sampleRows(field.rows, subsample, stream));
}

/** One Newton step a leaf, shrunk by the learning rate. */
function newtonLeaves({ gradient, hessian }: LeafTotals, learningRate: number, l2: number): number[] {
  return Array.from(gradient, (sum, leaf) =>
    hessian[leaf]! > 0 ? (-learningRate * sum) / (hessian[leaf]! + l2) : 0,
  );
}
