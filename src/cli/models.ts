import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../base/index.ts';
import { readBundle, type Bundle } from '../bundle/index.ts';
import { parseFeatures, type FeatureSpec, type TargetName } from '../features/index.ts';
import { isAboveRules, type AgainstRules } from '../lifecycle/index.ts';

/** What is read of each of the stored bundles; of one that cannot be read, nothing. */
function ofBundles<T>(dir: string, read: (bundle: Bundle) => T[]): T[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir).toSorted().flatMap((id) => {
    try {
      return read(readBundle(join(dir, id)));
    } catch (error) {
      if (error instanceof Fault) return []; // it says so when it is to decide
      throw error;
    }
  });
}

/** The features that the stored bundles were trained with, by their ids. */
export const bundleFeatures = (dir: string): ReadonlyMap<string, readonly FeatureSpec[]> =>
  new Map(ofBundles(dir, ({ id, spec }) => (spec.kind === 'log' ? [[id, parseFeatures(spec.features)] as const] : [])));

/** Whether a stored model of a target is not above the points rules that it was compared with. */
export const isKeptBack = (dir: string, of: TargetName): boolean =>
  ofBundles(dir, ({ target, metrics }) => (target.entity === of ? [metrics['againstRules'] as AgainstRules | null | undefined] : [])).some((found) => !isAboveRules(found));

/** The files of a stored bundle by its id; undefined where it is not stored. */
export function bundleFiles(dir: string, id: string): ReadonlyMap<string, Uint8Array> | undefined {
  const folder = join(dir, id);
  if (!/^[0-9a-f]{32}$/.test(id) || !existsSync(folder)) return undefined;
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}
