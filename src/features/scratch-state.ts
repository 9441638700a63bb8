import { openLmdbState } from './lmdb/state.ts';
import { openMemoryState } from './memory/state.ts';
import type { FeatureSpec } from './spec.ts';
import type { State } from './state.ts';

export interface ScratchStateOptions {
  readonly features: readonly FeatureSpec[];
  /** An empty folder for the rows; without it they are held in memory, which then grows with the records. */
  readonly scratch?: string | undefined;
}

/** An empty state that is folded once and thrown away. */
export const openScratchState = ({ features, scratch }: ScratchStateOptions): State =>
  scratch === undefined ? openMemoryState({ features }) : openLmdbState({ path: scratch, features });
