import { Fault } from '../base/portable.ts';
import type { Dataset, Value } from './dataset.ts';
import { createEncoder, encodeDataset } from './encode.ts';
import { createExplainer } from './explain.ts';
import type { Model } from './model.ts';

/** Scores rows with a model. Not to be shared between threads; between calls it keeps no state. */
export interface Scorer {
  /** The input columns, in the order of a row. */
  readonly features: readonly string[];
  /** Log-odds of one row. Throws a Fault where the row has another length or a text stands for a number. */
  raw(row: readonly Value[]): number;
  /** Exact SHAP of `raw`: one entry an input column, in log-odds, then the expected value. They sum to `raw`. */
  contributions(row: readonly Value[]): Float64Array;
  /** Log-odds of every row, bitwise equal to `raw`. Columns are found by name; a missing one is a Fault. */
  rawBatch(data: Dataset): Float64Array;
}

/** Lays the model out in flat arrays. The explanation tables are built at the first `contributions` and kept. */
export function createScorer(model: Model): Scorer {
  const encoders = model.features.map(createEncoder);
  const flat = flatten(model);
  const inputs = new Float64Array(model.features.length);
  const outcomes = new Uint8Array(flat.thresholds.length);
  const leafOf = new Uint32Array(model.trees.length);
  let explainer: ReturnType<typeof createExplainer> | undefined;

  const encodeRow = (row: readonly Value[]): void => {
    if (row.length !== inputs.length) throw wrongLength(row.length, inputs.length);
    for (let f = 0; f < inputs.length; f++) inputs[f] = encoders[f]!.value(row[f]!);
  };
  const scoreInputs = (): number => {
    findLeaves(flat, inputs, outcomes, leafOf);
    let sum = 0;
    for (let t = 0; t < leafOf.length; t++) sum += flat.leaves[flat.firstLeaf[t]! + leafOf[t]!]!;
    return sum + model.bias;
  };

  return {
    features: model.features.map((feature) => feature.name),
    raw(row) {
      encodeRow(row);
      return scoreInputs();
    },
    contributions(row) {
      encodeRow(row);
      findLeaves(flat, inputs, outcomes, leafOf);
      explainer ??= createExplainer(model);
      return explainer(leafOf);
    },
    rawBatch(data) {
      const columns = encodeDataset(model.features, encoders, data);
      const scores = new Float64Array(data.rows);
      for (let row = 0; row < data.rows; row++) {
        for (let f = 0; f < inputs.length; f++) inputs[f] = columns[f]![row]!;
        scores[row] = scoreInputs();
      }
      return scores;
    },
  };
}

/**
 * A model in typed arrays. A threshold is one question (a border or a level) of one feature; trees refer to it by
 * index.
 */
interface FlatModel {
  thresholds: Float64Array;
  /** The first threshold of each feature, and at the end their number. */
  firstThreshold: Int32Array;
  ordered: Uint8Array;
  /** The thresholds of all trees' splits, one tree after the other. */
  questions: Int32Array;
  /** Where each tree's questions and leaves begin; one entry more than there are trees. */
  firstQuestion: Int32Array;
  firstLeaf: Int32Array;
  leaves: Float64Array;
}

function flatten({ features, trees }: Model): FlatModel {
  const perFeature = features.map((feature) =>
    feature.kind === 'one-hot' ? Array.from({ length: feature.levels.length + 1 }, (_, code) => code) : feature.borders,
  );
  const firstThreshold = runningStarts(perFeature.map((thresholds) => thresholds.length));
  return {
    thresholds: Float64Array.from(perFeature.flat()),
    firstThreshold,
    ordered: Uint8Array.from(features, (feature) => Number(feature.kind !== 'one-hot')),
    questions: Int32Array.from(
      trees.flatMap((tree) => tree.splits.map((split) => firstThreshold[split.feature]! + split.bin)),
    ),
    firstQuestion: runningStarts(trees.map((tree) => tree.splits.length)),
    firstLeaf: runningStarts(trees.map((tree) => tree.leaves.length)),
    leaves: Float64Array.from(trees.flatMap((tree) => tree.leaves)),
  };
}

function runningStarts(lengths: readonly number[]): Int32Array {
  const starts = new Int32Array(lengths.length + 1);
  lengths.forEach((length, i) => (starts[i + 1] = starts[i]! + length));
  return starts;
}

/** Answers every question once for the row, then reads each tree's leaf index off the answers: no branch a tree. */
function findLeaves(flat: FlatModel, inputs: Float64Array, outcomes: Uint8Array, leafOf: Uint32Array): void {
  const { thresholds, firstThreshold, ordered, questions, firstQuestion } = flat;
  for (let f = 0; f < inputs.length; f++) {
    const value = inputs[f]!;
    const end = firstThreshold[f + 1]!;
    if (ordered[f] === 1) for (let i = firstThreshold[f]!; i < end; i++) outcomes[i] = Number(value > thresholds[i]!);
    else for (let i = firstThreshold[f]!; i < end; i++) outcomes[i] = Number(value === thresholds[i]!);
  }
  for (let t = 0; t < leafOf.length; t++) {
    const first = firstQuestion[t]!;
    const depth = firstQuestion[t + 1]! - first;
    let leaf = 0;
    for (let level = 0; level < depth; level++) leaf |= outcomes[questions[first + level]!]! << level;
    leafOf[t] = leaf;
  }
}

function wrongLength(found: number, needed: number): Fault {
  return new Fault({
    kind: 'input',
    value: `a row of ${found} values`,
    rule: `the model has ${needed} inputs`,
    remedy: 'give one value an input, null where it is missing',
  });
}
