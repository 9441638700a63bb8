import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Model } from './model.ts';
import { createScorer } from './predict.ts';

/** Models that CatBoost trained and exported, with what it predicted for ten rows each. */
const FOLDER = new URL('../../../shared/data/trees/', import.meta.url);
const isAbsent = !existsSync(FOLDER) && process.env.CI === undefined;

interface Exported {
  oblivious_trees: {
    leaf_values: number[];
    leaf_weights: number[];
    splits: { border: number; float_feature_index: number }[];
  }[];
  features_info: { float_features: { borders: number[] | null }[] };
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as T;
}

function asModel(exported: Exported): Model {
  const borders = exported.features_info.float_features.map((feature) => (feature.borders ?? []).map(Math.fround));
  return {
    bias: 0,
    features: borders.map((values, f) => ({ kind: 'numeric', name: `f${f}`, borders: values, missing: 'low' })),
    trees: exported.oblivious_trees.map((tree) => ({
      splits: tree.splits.map(({ border, float_feature_index: feature }) => ({
        feature,
        bin: borders[feature]!.indexOf(Math.fround(border)),
      })),
      leaves: tree.leaf_values,
      covers: tree.leaf_weights,
    })),
  };
}

describe.skipIf(isAbsent)('models of CatBoost (skipped where ../shared/data/trees is absent)', () => {
  it.each(['and', 'or', 'xor', 'regression'])('score as CatBoost does, to the last bit: %s', (name) => {
    const { x, y } = read<{ x: number[][]; y: number[] }>(`${name}.json`);
    const scorer = createScorer(asModel(read<Exported>(`${name}-model.json`)));
    expect(x).toHaveLength(10);
    expect(x.map((row) => scorer.raw(row))).toEqual(y);
  });
});
