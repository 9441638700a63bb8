import { keptOtherwise, type FeatureSpec } from '../features/index.ts';
import { bundleFeatures } from './models.ts';

/** Where stored models mean different things by one name. */
export interface Meanings {
  /** The names of those features. */
  readonly contested: ReadonlySet<string>;
  /** By model, the names that it means as they are folded now. */
  readonly of: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What the models in a folder mean, beside what is folded now. */
export function meaningsOf(bundles: string, folded: readonly FeatureSpec[]): Meanings {
  const models = [...bundleFeatures(bundles)].map(([id, features]) => ({ id, features, otherwise: new Set(keptOtherwise(features, folded)) }));
  return {
    contested: new Set(models.flatMap(({ otherwise }) => [...otherwise])),
    of: new Map(models.map(({ id, features, otherwise }) => [id, new Set(features.flatMap(({ name }) => (otherwise.has(name) ? [] : [name])))])),
  };
}
