import type { Model, Tree } from './model.ts';

/**
 * Exact SHAP values of the path-dependent value function (Lundberg et al. 2020, TreeSHAP): v(S) is the expected leaf of
 * a walk that follows the row where a split's feature is in S and else goes either way in proportion to the covers; an
 * empty node is split evenly. In a symmetric tree the result depends on the leaf alone, so one table a tree holds all
 * there is to know.
 */
export interface ShapTable {
  /** The distinct features of the tree, in order of first use. */
  inputs: number[];
  /** Row-major: for each leaf, one value an entry of `inputs`. */
  values: Float64Array;
  /** v(∅): the cover-weighted mean leaf. */
  expected: number;
}

export function shapTable(tree: Tree): ShapTable {
  const inputs = [...new Set(tree.splits.map((split) => split.feature))];
  const m = inputs.length;
  const value = partialValues(tree);
  const allUnknown = value.length - 1; // the ternary state of nothing but twos
  const weights = shapleyWeights(m);
  const values = new Float64Array(tree.leaves.length * m);
  const known = new Float64Array(1 << m); // v(S) of the leaf at hand, by subset of inputs
  for (let leaf = 0; leaf < tree.leaves.length; leaf++) {
    const digits = tree.splits.map((_, level) => (((leaf >> level) & 1) - UNKNOWN) * POWERS_OF_3[level]!);
    const shift = inputs.map((input) =>
      digits.reduce((sum, d, level) => sum + (tree.splits[level]!.feature === input ? d : 0), 0),
    );
    for (let subset = 0; subset < known.length; subset++) {
      let state = allUnknown;
      for (let j = 0; j < m; j++) if ((subset >> j) & 1) state += shift[j]!;
      known[subset] = value[state]!;
    }
    for (let j = 0; j < m; j++) values[leaf * m + j] = shapley(known, j, weights);
  }
  return { inputs, values, expected: value[allUnknown]! };
}

const POWERS_OF_3 = [1, 3, 9, 27, 81, 243, 729, 2187, 6561]; // up to MAX_DEPTH
const UNKNOWN = 2; // a level's answer is 0, 1 or unknown: a digit of a ternary number, the first split the lowest

/** Expected leaf for every ternary state of the levels, built from the leaves up. */
function partialValues({ splits, leaves, covers }: Tree): Float64Array {
  let values: Float64Array = Float64Array.from(leaves);
  let weights: Float64Array = Float64Array.from(covers);
  for (let level = splits.length - 1; level >= 0; level--) {
    const nodes = 1 << level; // the answers above this level, which stay binary for now
    const rests = POWERS_OF_3[splits.length - 1 - level]!; // the ternary states below it
    const next = new Float64Array(3 * nodes * rests);
    const nextWeights = new Float64Array(nodes);
    for (let node = 0; node < nodes; node++) {
      const total = weights[node]! + weights[node + nodes]!;
      const share = total > 0 ? weights[node + nodes]! / total : 0.5;
      nextWeights[node] = total;
      for (let rest = 0; rest < rests; rest++) {
        const no = values[node + 2 * nodes * rest]!;
        const yes = values[node + nodes + 2 * nodes * rest]!;
        const at = node + 3 * nodes * rest;
        next[at] = no;
        next[at + nodes] = yes;
        next[at + UNKNOWN * nodes] = (1 - share) * no + share * yes;
      }
    }
    values = next;
    weights = nextWeights;
  }
  return values;
}

/** |S|! (m - |S| - 1)! / m! by |S|. */
function shapleyWeights(m: number): number[] {
  const factorial = [1];
  for (let n = 1; n <= m; n++) factorial.push(factorial[n - 1]! * n);
  return Array.from({ length: m }, (_, size) => (factorial[size]! * factorial[m - size - 1]!) / factorial[m]!);
}

/** Σ over subsets without j of weight · (v(S ∪ j) - v(S)). */
function shapley(known: Float64Array, j: number, weights: readonly number[]): number {
  let sum = 0;
  for (let subset = 0; subset < known.length; subset++) {
    if ((subset >> j) & 1) continue;
    sum += weights[bitCount(subset)]! * (known[subset | (1 << j)]! - known[subset]!);
  }
  return sum;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/**
 * Builds the tables of all trees. Returns the explanation of a row from its leaves: one entry a feature, then the bias.
 */
export function createExplainer(model: Model): (leafOf: Uint32Array) => Float64Array {
  const tables = model.trees.map(shapTable);
  const expected = tables.reduce((sum, table) => sum + table.expected, 0) + model.bias;
  return (leafOf) => {
    const contributions = new Float64Array(model.features.length + 1);
    for (let t = 0; t < tables.length; t++) {
      const { inputs, values } = tables[t]!;
      const row = leafOf[t]! * inputs.length;
      for (let j = 0; j < inputs.length; j++) contributions[inputs[j]!]! += values[row + j]!;
    }
    contributions[model.features.length] = expected;
    return contributions;
  };
}
