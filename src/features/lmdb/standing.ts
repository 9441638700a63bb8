import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { currentFolder, Fault } from '../../base/index.ts';
import { parseFeatures } from '../check.ts';
import { foldedWith } from '../projection.ts';
import type { FeatureSpec } from '../spec.ts';
import type { State } from '../state.ts';
import { openLmdbState } from './state.ts';
import { DATA, isStorageError, lmdbStore } from './store.ts';

/** Whether a state lies at `path`, of whatever kind. */
export const hasState = (path: string): boolean => existsSync(join(currentFolder(path), DATA));

/**
 * The state that serves at `path`, for reading, with the features that it has by now. Throws a Fault: `missing` where there is none,
 * or nothing was folded into it yet.
 */
export function readStateAt(path: string): State {
  const place = currentFolder(path);
  return openLmdbState({ path: place, features: featuresAt(place), access: 'read' });
}

/** The features with which the state in a folder was folded. Throws a Fault where it does not say, or this release lacks them. */
export function featuresAt(path: string): FeatureSpec[] {
  const store = lmdbStore({ path, access: 'read' });
  try {
    const features = foldedWith(store);
    if (features === undefined) throw new Fault({ kind: 'missing', value: path, rule: 'nothing was folded into it yet', remedy: 'bring events into the log, and start the process that folds it' });
    return parseFeatures(features);
  } finally {
    store.close();
  }
}

/** Undefined where the state does not fit or cannot be read. */
export function ifFits<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof Fault ? ['conflict', 'corrupt', 'input', 'missing'].includes(error.kind) : isStorageError(error)) return undefined;
    throw error;
  }
}
