import { besides, DEFAULT_FEATURES, keptOtherwise, unionOf, withPreferred, type FeatureSpec } from '../features/index.ts';
import { bundleFeatures } from './models.ts';

/**
 * What the state of a cell is to keep: the features of the house, and those of all bundles in a folder, each once. Where bundles mean
 * different things by one name, what counts is what the first of `champions` means that has it; they are asked for there alone.
 */
export function cellFeatures(bundles: string, champions: () => readonly string[]): FeatureSpec[] {
  const own = new Map([...bundleFeatures(bundles)].map(([id, features]) => [id, besides(features, DEFAULT_FEATURES)]));
  const union = unionOf(own.values());
  const agree = [...own.values()].every((features) => keptOtherwise(features, union).length === 0);
  const preferred = agree ? [] : unionOf(champions().flatMap((id) => (own.has(id) ? [own.get(id)!] : [])));
  return [...DEFAULT_FEATURES, ...withPreferred(union, preferred)];
}
