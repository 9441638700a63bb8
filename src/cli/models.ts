import type { KeyObject } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, MINUTE, type Clock } from '../base/index.ts';
import { readBundle, verifyBundleSignature, type Bundle } from '../bundle/index.ts';
import type { EngineModule } from '../audit/index.ts';
import { isTarget, keptOtherwise, notKept, parseFeatures, type FeatureSpec, type TargetName } from '../features/index.ts';
import { isAboveRules, type AgainstRules } from '../lifecycle/index.ts';
import type { CurrentModel, ModelSource } from '../serve/index.ts';

/** How long a bundle that would not load is left alone. */
const RETRY = MINUTE;

/** Why a champion does not decide yet, and another one or none does meanwhile. */
export const GROWING = 'features of the model are still being folded from the log';

/** Why a champion cannot decide whose features have names under which the state keeps something else. */
export const heldOtherwise = (names: readonly string[]): string =>
  `the state keeps something else under ${names.join(', ')}, as this release or another stored model has it: train anew, a feature of your own under another name`;

export interface BundleStore extends ModelSource {
  /** Why a target's champion is not loaded, in plain words; null where it is, or where there is none. */
  failure(target: TargetName): string | null;
}

export interface BundleStoreOptions {
  dir: string;
  clock: Clock;
  /** Public keys whose signature lets a bundle decide. */
  trusted: readonly KeyObject[];
  /** The engine that will score with it. */
  engine: Pick<EngineModule, 'decodeBundle' | 'loadModel'>;
  /** The id of the bundle that decides now for a target. */
  champion: (target: TargetName) => string | null;
  /** What the state keeps. */
  kept: () => readonly FeatureSpec[];
}

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

/** The features that the stored bundles were trained with. */
export const bundleFeatures = (dir: string): (readonly FeatureSpec[])[] =>
  ofBundles(dir, ({ spec }) => (spec.kind === 'log' ? [parseFeatures(spec.features)] : []));

/** Whether a stored model of a target is not above the points rules that it was compared with. */
export const isKeptBack = (dir: string, of: TargetName): boolean =>
  ofBundles(dir, ({ target, metrics }) => (target.entity === of ? [metrics['againstRules'] as AgainstRules | null | undefined] : [])).some((found) => !isAboveRules(found));

interface Loaded {
  readonly current: CurrentModel;
  /** What it needs of the state. */
  readonly features: readonly FeatureSpec[];
}

const isKept = (features: readonly FeatureSpec[], kept: readonly FeatureSpec[]): boolean =>
  notKept(features, kept).length === 0 && keptOtherwise(features, kept).length === 0;

/** The bundles of a cell, one folder each. Loaded ones stay warm, so going back to one costs nothing. */
export function openBundleStore({ dir, clock, trusted, engine, champion, kept }: BundleStoreOptions): BundleStore {
  const warm = new Map<string, Loaded>();
  const failed = new Map<TargetName, { id: string; reason: string; at: number }>();
  /** Of a target, the model that decided last: it goes on until the state keeps what the next one needs. */
  const deciding = new Map<TargetName, Loaded>();
  const waiting = new Map<TargetName, string>();
  let judgedBy = kept();
  /** What was found of models holds as long as the state keeps the same. */
  const judgeAnew = (): void => {
    if (judgedBy === kept()) return;
    judgedBy = kept();
    for (const [id, { features }] of warm) if (!isKept(features, judgedBy)) warm.delete(id);
    for (const [target, { features }] of deciding) if (!isKept(features, judgedBy)) deciding.delete(target);
    failed.clear();
    waiting.clear();
  };
  const load = (id: string, target: TargetName): Loaded | null => {
    const before = failed.get(target);
    if (before?.id === id && clock() - before.at < RETRY) return null;
    try {
      const stored = bundleFiles(dir, id);
      if (stored === undefined) throw new Error('it is not in the bundle store');
      if (verifyBundleSignature(join(dir, id), trusted) === null) throw new Error('nobody has signed it');
      const bundle = engine.decodeBundle(stored);
      const ranks = bundle.target.entity;
      if (isTarget(ranks) && ranks !== target) throw new Error(`it ranks ${ranks} records: promote it as what it is`);
      const features = bundle.spec.kind === 'log' ? bundle.spec.features : [];
      if (notKept(features, kept()).length > 0) {
        waiting.set(target, id);
        return null;
      }
      const otherwise = keptOtherwise(features, kept());
      if (otherwise.length > 0) throw new Error(heldOtherwise(otherwise));
      const loaded = { current: { model: engine.loadModel(bundle), trainedAt: Number(bundle.metrics['knownUntil'] ?? 0) }, features };
      warm.set(id, loaded);
      failed.delete(target);
      return loaded;
    } catch (error) {
      failed.set(target, { id, reason: error instanceof Error ? error.message : String(error), at: clock() });
      return null;
    }
  };

  return {
    failure(target) {
      judgeAnew();
      const id = champion(target);
      if (id !== null && waiting.get(target) === id) return GROWING;
      const of = failed.get(target);
      return of !== undefined && of.id === id ? of.reason : null;
    },
    current(target) {
      judgeAnew();
      const id = champion(target);
      if (id === null) return null;
      const found = warm.get(id) ?? (waiting.get(target) === id ? null : load(id, target));
      if (found !== null) deciding.set(target, found);
      return (found ?? (waiting.get(target) === id ? deciding.get(target) : undefined))?.current ?? null;
    },
  };
}

/** The files of a stored bundle by its id; undefined where it is not stored. */
export function bundleFiles(dir: string, id: string): ReadonlyMap<string, Uint8Array> | undefined {
  const folder = join(dir, id);
  if (!/^[0-9a-f]{32}$/.test(id) || !existsSync(folder)) return undefined;
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}
