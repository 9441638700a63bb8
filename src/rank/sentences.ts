import type { BundleSpec } from '../bundle/index.ts';
import { sentence, type FeatureSpec } from '../features/index.ts';
import type { Value } from '../trees/index.ts';
import { aboutOf } from './about.ts';
import type { Effect } from './reasons.ts';

/**
 * How each of a model's columns is put into words: by its declaration, or, for a plain table, as `column = value`.
 */
export function describers(spec: BundleSpec, columns: readonly string[]): ((value: Value, effect: number) => Effect)[] {
  const features = spec.kind === 'log' ? spec.features : [];
  const declared = new Map<string, FeatureSpec>(features.map((feature) => [feature.name, feature]));
  return columns.map((column) => {
    const feature = declared.get(column);
    if (feature === undefined) {
      return (value, effect) => ({ feature: column, theme: column, effect, sentence: () => equation(column, value), about: null, value });
    }
    const about = aboutOf(feature);
    return (value, effect) => ({ feature: column, theme: feature.theme, effect, sentence: () => sentence(feature, value), about, value });
  });
}

function equation(column: string, value: Value): string {
  return value === null ? `${column} is missing` : `${column} = ${value}`;
}
