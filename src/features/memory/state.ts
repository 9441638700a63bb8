import { createProjection } from '../projection.ts';
import type { FeatureSpec } from '../spec.ts';
import type { State } from '../state.ts';
import { memoryStore } from './store.ts';

/** A state on the heap, empty at first: for training's replay, the auditor's replay and tests. */
export function openMemoryState({ features, epoch }: { features: readonly FeatureSpec[]; epoch?: number }): State {
  return createProjection({ store: memoryStore(), features, epoch });
}
