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

/** The names of those features of a bundle that a state does not keep. */
export function notKept(features: readonly FeatureSpec[], kept: readonly FeatureSpec[]): string[] {
  const known = new Set(kept.map(nameOf));
  return features.filter((feature) => !known.has(nameOf(feature))).map(({ name }) => name);
}
