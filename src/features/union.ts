import { canonicalJson } from '../base/index.ts';
import type { FeatureSpec } from './spec.ts';

const nameOf = ({ entity, name }: FeatureSpec): string => `${entity} ${name}`;

/**
 * The features of all sets, each once, in the order in which they come: what a state keeps so that every bundle that is at hand can
 * decide without a replay. Of two that share a name the first counts.
 */
export function unionOf(sets: Iterable<readonly FeatureSpec[]>): FeatureSpec[] {
  const union = new Map<string, FeatureSpec>();
  for (const features of sets) {
    for (const feature of features) if (!union.has(nameOf(feature))) union.set(nameOf(feature), feature);
  }
  return [...union.values()];
}

/** A union in which the features of `preferred` stand in the places of those that share a name with them. */
export function withPreferred(union: readonly FeatureSpec[], preferred: readonly FeatureSpec[]): FeatureSpec[] {
  const known = new Map(preferred.map((feature) => [nameOf(feature), feature]));
  return union.map((feature) => known.get(nameOf(feature)) ?? feature);
}

/** The names of those features of a bundle under which a state keeps something else. */
export function keptOtherwise(features: readonly FeatureSpec[], kept: readonly FeatureSpec[]): string[] {
  const known = new Map(kept.map((feature) => [nameOf(feature), feature]));
  return features
    .filter((feature) => {
      const other = known.get(nameOf(feature));
      return other !== undefined && canonicalJson(other.kind) !== canonicalJson(feature.kind);
    })
    .map(({ name }) => name);
}

/** Those features of a bundle under whose names others have nothing. */
export function besides(features: readonly FeatureSpec[], others: readonly FeatureSpec[]): FeatureSpec[] {
  const known = new Set(others.map(nameOf));
  return features.filter((feature) => !known.has(nameOf(feature)));
}

/** The names of those features of a bundle that a state does not keep. */
export const notKept = (features: readonly FeatureSpec[], kept: readonly FeatureSpec[]): string[] => besides(features, kept).map(({ name }) => name);
