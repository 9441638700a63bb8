import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { MINUTE, type Clock } from '../base/index.ts';
import { verifyBundleSignature } from '../bundle/index.ts';
import type { EngineModule } from '../audit/index.ts';
import { isTarget, type FeatureSpec, type State, type TargetName } from '../features/index.ts';
import type { CurrentModel, ModelSource } from '../serve/index.ts';
import { needsOf, takenText } from './model-needs.ts';
import { bundleFiles } from './models.ts';
import type { Promoted } from './promoted.ts';

/** How long a bundle that would not load is left alone. */
const RETRY = MINUTE;

/** Why a champion does not decide yet, and another one or none does meanwhile. */
export const GROWING = 'features of the model are still being folded from the log';

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
  /** By target the bundle that was promoted last, and those before it. */
  promoted: Promoted & Pick<State, 'earlier'>;
  /** What the state keeps. */
  kept: () => readonly FeatureSpec[];
  /** What it is to keep, by what is promoted now. */
  wanted: () => readonly FeatureSpec[];
}

/** What was found of a bundle when it was looked at. */
type Found =
  | { readonly is: 'loaded'; readonly current: CurrentModel; readonly features: readonly FeatureSpec[] }
  | { readonly is: 'waiting' }
  | { readonly is: 'failed'; readonly reason: string; readonly at: number };

/**
 * The bundles of a cell, one folder each. Loaded ones stay warm, so going back to one costs nothing. While the state lacks what a champion
 * needs, the newest of those before it decides that can.
 */
export function openBundleStore({ dir, clock, trusted, engine, promoted, kept, wanted }: BundleStoreOptions): BundleStore {
  const known = new Map<string, Found>();
  let judgedBy = kept();
  /** What was found of models holds as long as the state keeps the same. */
  const judgeAnew = (): void => {
    if (judgedBy === kept()) return;
    judgedBy = kept();
    for (const [key, found] of known) if (found.is !== 'loaded' || needsOf(found.features, judgedBy, kept).lacking.length > 0) known.delete(key);
  };
  const load = (id: string, target: TargetName): Found => {
    try {
      const stored = bundleFiles(dir, id);
      if (stored === undefined) throw new Error('it is not in the bundle store');
      if (verifyBundleSignature(join(dir, id), trusted) === null) throw new Error('nobody has signed it');
      const bundle = engine.decodeBundle(stored);
      const ranks = bundle.target.entity;
      if (isTarget(ranks) && ranks !== target) throw new Error(`it ranks ${ranks} records: promote it as what it is`);
      const features = bundle.spec.kind === 'log' ? bundle.spec.features : [];
      const { lacking, taken } = needsOf(features, kept(), wanted);
      if (taken.length > 0) throw new Error(takenText(taken));
      if (lacking.length > 0) return { is: 'waiting' };
      return { is: 'loaded', current: { model: engine.loadModel(bundle), trainedAt: Number(bundle.metrics['knownUntil'] ?? 0) }, features };
    } catch (error) {
      return { is: 'failed', reason: error instanceof Error ? error.message : String(error), at: clock() };
    }
  };
  const look = (id: string, target: TargetName): Found => {
    judgeAnew();
    const key = `${target} ${id}`;
    const before = known.get(key);
    if (before !== undefined && (before.is !== 'failed' || clock() - before.at < RETRY)) return before;
    const found = load(id, target);
    known.set(key, found);
    return found;
  };
  const before = (target: TargetName): CurrentModel | null => {
    for (const id of promoted.earlier(target)) {
      const found = look(id, target);
      if (found.is === 'loaded') return found.current;
    }
    return null;
  };

  return {
    failure(target) {
      const id = promoted.champion(target);
      const found = id === null ? undefined : look(id, target);
      return found?.is === 'waiting' ? GROWING : found?.is === 'failed' ? found.reason : null;
    },
    current(target) {
      const id = promoted.champion(target);
      const found = id === null ? undefined : look(id, target);
      return found?.is === 'loaded' ? found.current : found?.is === 'waiting' ? before(target) : null;
    },
  };
}
