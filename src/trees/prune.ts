import type { Model, ModelFeature, Split } from './model.ts';

/** The same model without what no split uses: borders, and the levels and statistics of unused categories. */
export function prune(model: Model): Model {
  const used = model.features.map(() => new Set<number>());
  for (const tree of model.trees) for (const { feature, bin } of tree.splits) used[feature]!.add(bin);
  const kept = used.map((bins) => [...bins].toSorted((a, b) => a - b));
  const newBin = kept.map((bins) => new Map(bins.map((bin, i) => [bin, i])));
  const features = model.features.map((feature, f) => pruneFeature(feature, kept[f]!));
  const renamed = ({ feature, bin }: Split): Split =>
    model.features[feature]!.kind === 'one-hot' ? { feature, bin } : { feature, bin: newBin[feature]!.get(bin)! };
  const trees = model.trees.map((tree) => ({ ...tree, splits: tree.splits.map(renamed) }));
  return { ...model, features, trees };
}

function pruneFeature(feature: ModelFeature, bins: readonly number[]): ModelFeature {
  if (feature.kind === 'one-hot') return bins.length === 0 ? { ...feature, levels: [] } : feature;
  const borders = bins.map((bin) => feature.borders[bin]!);
  if (feature.kind === 'target' && bins.length === 0) return { ...feature, levels: [], statistics: [], borders };
  return { ...feature, borders };
}
