import { shapTable, type PartialValues } from './explain.ts';
import type { Model } from './model.ts';

/** How many entries a line of the model's SHAP tables has: the most distinct features of a tree, made even. */
export function tableWidth({ trees }: Model): number {
  const distinct = trees.map((tree) => new Set(tree.splits.map((split) => split.feature)).size);
  return Math.ceil(distinct.reduce((most, count) => Math.max(most, count), 0) / 2) * 2;
}

/**
 * Writes the SHAP tables of all trees, 2^depth lines a tree, and for each entry the place of its feature in a row's
 * contributions (in bytes); entries beyond a tree's features go to `nowhere`. Returns what is expected of raw.
 */
export function buildTables(
  model: Model,
  {
    tables,
    places,
    width,
    depth,
    valuesOf,
  }: {
    tables: Float64Array;
    places: Int32Array;
    width: number;
    depth: number;
    valuesOf: (tree: number) => PartialValues;
  },
): number {
  const scale = model.scale ?? 1;
  let expected = 0;
  places.fill(8 * (model.features.length + 1));
  model.trees.forEach((tree, t) => {
    const table = shapTable(tree, valuesOf(t));
    const m = table.inputs.length;
    const first = t * (width << depth);
    table.inputs.forEach((input, j) => (places[t * width + j] = 8 * input));
    for (let leaf = 0; leaf < tree.leaves.length; leaf++) {
      for (let j = 0; j < m; j++) tables[first + leaf * width + j] = table.values[leaf * m + j]! * scale;
    }
    expected += table.expected;
  });
  return expected * scale + model.bias;
}
