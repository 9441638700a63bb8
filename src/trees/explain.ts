import type { Tree } from './model.ts';

/**
 * Exact SHAP values of a tree by leaf. In a symmetric tree they depend on the row through its leaf alone, so one table
 * a tree holds all there is to know.
 */
export interface ShapTable {
  /** The distinct features of the tree, in order of first use. */
  inputs: number[];
  /** Row-major: for each leaf, one value an entry of `inputs`. */
  values: Float64Array;
  /** v(∅): what is expected of a row that nothing is known of. */
  expected: number;
}

/**
 * The expected leaf for every ternary state of a tree's levels: a level's answer is 0, 1 or unknown (2), a digit of a
 * ternary number, the first split the lowest.
 */
export type PartialValues = (tree: Tree) => Float64Array;

/**
 * The table of a tree by Shapley's definition: v(S) is the expected leaf when the levels whose feature is in S are
 * known. `partialValues` says how the unknown ones are averaged: by default along the tree (`pathDependent`).
 */
export function shapTable(tree: Tree, partialValues: PartialValues = pathDependent): ShapTable {
  const depth = tree.splits.length;
  const inputs = [...new Set(tree.splits.map((split) => split.feature))];
  const m = inputs.length;
  const inputOf = tree.splits.map((split) => inputs.indexOf(split.feature));
  const value = partialValues(tree);
  const allUnknown = value.length - 1; // the ternary state of nothing but twos
  const weights = subsetWeights(m);
  const values = new Float64Array(tree.leaves.length * m);
  const known = new Float64Array(1 << m); // v(S) of the leaf at hand, by subset of inputs
  const state = new Int32Array(1 << m);
  const shift = new Int32Array(m);
  for (let leaf = 0; leaf < tree.leaves.length; leaf++) {
    shift.fill(0);
    for (let level = 0; level < depth; level++) {
      shift[inputOf[level]!]! += (((leaf >> level) & 1) - UNKNOWN) * POWERS_OF_3[level]!;
    }
    state[0] = allUnknown;
    known[0] = value[allUnknown]!;
    for (let j = 0; j < m; j++) {
      const size = 1 << j;
      for (let subset = 0; subset < size; subset++) {
        const next = state[subset]! + shift[j]!;
        state[subset + size] = next;
        known[subset + size] = value[next]!;
      }
    }
    for (let j = 0; j < m; j++) values[leaf * m + j] = shapley(known, j, weights);
  }
  return { inputs, values, expected: value[allUnknown]! };
}

const POWERS_OF_3 = [1, 3, 9, 27, 81, 243, 729, 2187, 6561]; // up to MAX_DEPTH
const UNKNOWN = 2;

/**
 * The path-dependent value (Lundberg et al. 2020, TreeSHAP): an unknown level goes either way in proportion to the
 * covers below the node; an empty node is split evenly. Built from the leaves up.
 */
export function pathDependent({ splits, leaves, covers }: Tree): Float64Array {
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

/** |S|! (m - |S| - 1)! / m! for every subset S of m inputs but the whole. */
function subsetWeights(m: number): Float64Array {
  const factorial = [1];
  for (let n = 1; n <= m; n++) factorial.push(factorial[n - 1]! * n);
  const weights = new Float64Array(1 << m);
  for (let subset = 0; subset + 1 < weights.length; subset++) {
    const size = bitCount(subset);
    weights[subset] = (factorial[size]! * factorial[m - size - 1]!) / factorial[m]!;
  }
  return weights;
}

/** Σ over subsets without j of weight · (v(S ∪ j) - v(S)). */
function shapley(known: Float64Array, j: number, weights: Float64Array): number {
  const bit = 1 << j;
  let sum = 0;
  for (let high = 0; high < known.length; high += 2 * bit) {
    for (let subset = high; subset < high + bit; subset++) {
      sum += weights[subset]! * (known[subset + bit]! - known[subset]!);
    }
  }
  return sum;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
