/** The bounds of a model: what training accepts and what decoding believes. */
export const MAX_DEPTH = 8;
export const MAX_BORDERS = 254;

/**
 * A number, compared as `f32(value) > border`. Missing counts as -Infinity (`low`) or +Infinity (`high`), so -Infinity
 * and +Infinity themselves are ordinary values that may share a bin with it; -0 equals 0.
 */
export interface NumericFeature {
  kind: 'numeric';
  name: string;
  /** Float32 values, ascending. */
  borders: number[];
  missing: 'low' | 'high';
}

/**
 * A category with few levels, compared as `code == bin`. The code of missing is `levels.length`; unseen equals nothing.
 */
export interface OneHotFeature {
  kind: 'one-hot';
  name: string;
  levels: string[];
}

/**
 * A category replaced by a number and then compared like one: with many levels the smoothed positive rate of its level,
 * with ordered levels the rank.
 */
export interface TargetFeature {
  kind: 'target';
  name: string;
  levels: string[];
  /** One number a level. */
  statistics: number[];
  /** That of rows without a value. */
  missing: number;
  /** What stands for a level that training never saw. */
  unseen: number;
  borders: number[];
}

export type ModelFeature = NumericFeature | OneHotFeature | TargetFeature;

/** True where the row's bin of `feature` exceeds `bin` (ordered kinds) or equals it (one-hot). */
export interface Split {
  feature: number;
  bin: number;
}

/**
 * One symmetric tree: every node of a level asks the same question. The first split is the lowest bit of the leaf
 * index.
 */
export interface Tree {
  splits: Split[];
  /** 2^depth log-odds, the learning rate applied. */
  leaves: number[];
  /** Weight of the training rows in each leaf; empty leaves have 0. */
  covers: number[];
}

/**
 * A boosted model on plain arrays: raw = (leaf of the first tree + leaf of the second + …) · scale + bias, in log-odds.
 */
export interface Model {
  bias: number;
  /** 1 where it is not given, as in all that `fit` makes; imported models may have one. */
  scale?: number;
  /** The input columns in order. A column that no tree uses keeps its name and loses its borders. */
  features: ModelFeature[];
  trees: Tree[];
}
