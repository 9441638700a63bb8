import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { canonicalJson, currentFolder, Fault, makeCurrent } from '../../base/index.ts';
import type { Log } from '../../log/index.ts';
import { catchUp } from '../catch-up.ts';
import { layoutHash } from '../layout.ts';
import type { FeatureSpec } from '../spec.ts';
import type { State } from '../state.ts';
import { switching } from '../switching.ts';
import { beside, isBegun } from './beside.ts';
import { GROWTH_NOTE } from './growth-note.ts';
import { openLmdbState } from './state.ts';

export interface GrowingOptions {
  /** Where the state lies. */
  path: string;
  log: Log;
  far?: number | undefined;
  signal?: AbortSignal | undefined;
}

export interface Growing {
  /** What serves: at first the one that was given, then what took its place. */
  readonly state: State;
  /**
   * Has the state folded with these features beside the one that serves, and then serve; one that has them stays. Resolves when it has
   * them, with how long folding took, ms, and null where nothing had to be folded or it was closed; rejects when folding them failed. The
   * next try goes on from what was finished. One at a time: the next begins when the one before is over.
   */
  grow(features: readonly FeatureSpec[]): Promise<number | null>;
  /** How much of the log is folded by now with the features that are asked for, 0 to 1; null where none is folded beside the one that serves. */
  progress(): number | null;
}

/** So few that a request between two transactions does not wait. */
const BATCH = 500;

/** So many failures in a row go on from what was finished; what is finished may be why it fails, so that the next begins anew. */
const GO_ON = 3;

/** Serves from `first` while states with other features are built in folders of their own, and then from those. */
export function growing(first: State, { path, log, far, signal }: GrowingOptions): Growing {
  const abort = new AbortController();
  /** What a failure left, to go on from. */
  let left: { readonly name: string; readonly failures: number } | undefined;
  let share: number | null = null;
  const dropLeft = (): void => {
    if (left !== undefined) discard(left.name);
    left = undefined;
  };
  // Nobody else would tell it of who is erased.
  const both = switching(first, { onClose: () => abort.abort(), onRetract: dropLeft });
  const stop = AbortSignal.any([abort.signal, ...(signal ? [signal] : [])]);

  const fill = async (features: readonly FeatureSpec[]): Promise<number | null> => {
    if (stop.aborted) return null;
    const name = layoutHash(features);
    if (left?.name !== name) dropLeft();
    if (canonicalJson(features) === canonicalJson(both.state.features)) return null;
    if (name === layoutHash(both.state.features)) {
      both.reopen(() => openLmdbState({ path: currentFolder(path), features, epoch: both.state.epoch() }));
      both.state.fold([]); // notes the features for who reads it
      return null;
    }
    const failures = 1 + (left?.failures ?? 0);
    left = undefined;
    const [begun, epoch] = [performance.now(), log.epoch()];
    try {
      share = 0;
      await replace(name, features);
      return performance.now() - begun;
    } catch (error) {
      if (stop.aborted) return null; // the next start goes on with it
      both.forgo();
      left = { name, failures };
      if (failures === GO_ON || isRefused(error) || log.epoch() !== epoch || !isBegun(join(path, name))) dropLeft();
      throw error;
    } finally {
      share = null;
    }
  };

  const onProgress = (offset: number, end: number): void => void (share = offset / Math.max(1, end));

  const replace = async (name: string, features: readonly FeatureSpec[]): Promise<void> => {
    // one processor is left to those who are served meanwhile
    const next = await beside(join(path, name), { features, log, far, onProgress, signal: stop, threads: Math.max(1, availableParallelism() - 1) });
    if (stop.aborted) next.close();
    stop.throwIfAborted();
    both.prepare(next);
    onProgress(next.offset(), log.end());
    while (!both.isReady()) {
      const end = log.end();
      await catchUp(next, log, { batch: BATCH, onProgress, signal: stop });
      if (!both.isReady()) await log.wait(Math.max(next.offset(), end), stop); // where the tail was erased, until there is another
    }
    makeCurrent(path, name, { except: [GROWTH_NOTE] });
    both.turn();
  };

  /** Removes what came of it. */
  const discard = (name: string): void => {
    const folder = join(path, name);
    if (currentFolder(path) !== folder) rmSync(folder, { recursive: true, force: true });
  };

  let last: Promise<unknown> = Promise.resolve();
  const grow: Growing['grow'] = (features) => {
    const settled = last.then(() => fill(features));
    last = settled.catch(() => {}); // whoever awaits it hears of it
    return settled;
  };
  return { state: both.state, grow, progress: () => share };
}

/** Whether the disk is full or fails, or was not to be had: the log needs the room that was taken. */
const isRefused = (error: unknown): boolean => error instanceof Fault && error.kind === 'unavailable';
