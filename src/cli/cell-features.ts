import { besides, DEFAULT_FEATURES, keptOtherwise, unionOf, withPreferred, type FeatureSpec } from '../features/index.ts';
import { bundleFeatures } from './models.ts';

/**
 * What the state of a cell is to keep: the features of the house, and those of all bundles in a folder, each once. Where bundles mean
 * different things by one name, what counts is what the first of `champions` means that has it; they are asked for there alone.
 */
export function cellFeatures(bundles: string, champions: () => readonly string[]): FeatureSpec[] {
  const { own, union, agree } = ownFeatures(bundles);
  const preferred = agree ? [] : unionOf(champions().flatMap((id) => (own.has(id) ? [own.get(id)!] : [])));
  return [...DEFAULT_FEATURES, ...withPreferred(union, preferred)];
}

/** Whether bundles in a folder mean different things by one name, so that it counts which of them were promoted. */
export const isContested = (bundles: string): boolean => !ownFeatures(bundles).agree;

/** What bundles have beside the features of the house, by their ids, and each once. */
function ownFeatures(bundles: string): { own: ReadonlyMap<string, readonly FeatureSpec[]>; union: readonly FeatureSpec[]; agree: boolean } {
  const own = new Map([...bundleFeatures(bundles)].map(([id, features]) => [id, besides(features, DEFAULT_FEATURES)]));
  const union = unionOf(own.values());
  return { own, union, agree: [...own.values()].every((features) => keptOtherwise(features, union).length === 0) };
}
