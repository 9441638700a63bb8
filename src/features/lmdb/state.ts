import { rmSync } from 'node:fs';
import { createProjection } from '../projection.ts';
import type { FeatureSpec } from '../spec.ts';
import type { State } from '../state.ts';
import { lmdbStore, type LmdbStoreOptions } from './store.ts';

export interface LmdbStateOptions extends LmdbStoreOptions {
  features: readonly FeatureSpec[];
  /** The log's epoch. */
  epoch?: number;
}

/**
 * The state of a cell, in LMDB: one process folds, any number of others read what it has committed.
 * Throws a Fault `conflict` when it was folded with other features or under another epoch: discard it and fold again.
 */
export function openLmdbState({ path, features, epoch, access = 'write' }: LmdbStateOptions): State {
  const store = lmdbStore({ path, access });
  try {
    return createProjection({ store, features, epoch, access });
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Removes a state from the disk. Readers that have it open keep what they see until they open it again. */
export function discardLmdbState(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
