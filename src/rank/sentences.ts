import type { BundleSpec } from '../bundle/index.ts';
import { sentence, type FeatureSpec } from '../features/index.ts';
import type { Value } from '../trees/index.ts';

/** What a reason says of one column's value. */
export interface Description {
  readonly theme: string;
  readonly sentence: () => string;
}

/** How a model's columns are put into words: by their declarations, or, for a plain table, as `column = value`. */
export function describer(spec: BundleSpec): (column: string, value: Value) => Description {
  if (spec.kind === 'table') return (column, value) => ({ theme: column, sentence: () => equation(column, value) });
  const declared = new Map<string, FeatureSpec>(spec.features.map((feature) => [feature.name, feature]));
  return (column, value) => {
    const feature = declared.get(column);
    if (feature === undefined) return { theme: column, sentence: () => equation(column, value) };
    return { theme: feature.theme, sentence: () => sentence(feature, value) };
  };
}

function equation(column: string, value: Value): string {
  return value === null ? `${column} is missing` : `${column} = ${value}`;
}
