import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CellLog, Log } from '../../log/index.ts';
import { buildState } from '../building/build.ts';
import { removeScratch, SCRATCH } from '../building/plan.ts';
import type { FeatureSpec } from '../spec.ts';
import type { State } from '../state.ts';
import { isLong } from './behind.ts';
import { ifFits } from './standing.ts';
import { openLmdbState } from './state.ts';
import { DATA } from './store.ts';

export interface BesideOptions {
  features: readonly FeatureSpec[];
  log: Log;
  threads: number;
  far?: number | undefined;
  onProgress?: ((offset: number, end: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** A state in a folder of its own, as far as it came when it was begun before, or built as far as the history goes. */
export async function beside(path: string, { features, log, threads, far, onProgress, signal }: BesideOptions): Promise<State> {
  const open = (): State => openLmdbState({ path, features, epoch: log.epoch() });
  const begun = existsSync(join(path, DATA)) ? ifFits(open) : undefined;
  if (begun !== undefined) {
    removeScratch(join(path, SCRATCH));
    return begun;
  }
  for (;;) {
    clear(path);
    if (isLong(log, far)) await buildState({ path, features, log: log as CellLog, threads, signal, onProgress });
    signal?.throwIfAborted();
    const built = ifFits(open);
    if (built !== undefined) return built; // else something was erased as it took its place
  }
}

/** Whether there is something to go on from. */
export const isBegun = (path: string): boolean => existsSync(join(path, DATA)) || existsSync(join(path, SCRATCH));

/** Removes a state, and leaves a build of another that was begun there. */
export function clear(path: string): void {
  if (!existsSync(path)) return;
  for (const entry of readdirSync(path)) if (entry !== SCRATCH) rmSync(join(path, entry), { recursive: true, force: true });
}
