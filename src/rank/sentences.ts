import type { BundleSpec } from '../bundle/index.ts';
import { sentence, type FeatureSpec } from '../features/index.ts';
import type { Value } from '../trees/index.ts';
import type { Effect } from './reasons.ts';

/** How a model's columns are put into words: by their declarations, or, for a plain table, as `column = value`. */
export function describer(spec: BundleSpec): (column: string, value: Value, effect: number) => Effect {
  const features = spec.kind === 'log' ? spec.features : [];
  const declared = new Map<string, FeatureSpec>(features.map((feature) => [feature.name, feature]));
  return (column, value, effect) => {
    const feature = declared.get(column);
    if (feature === undefined) return { theme: column, effect, sentence: () => equation(column, value) };
    return { theme: feature.theme, effect, sentence: () => sentence(feature, value) };
  };
}

function equation(column: string, value: Value): string {
  return value === null ? `${column} is missing` : `${column} = ${value}`;
}
