import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { canonicalJson, currentFolder, makeCurrent } from '../../base/index.ts';
import type { Log } from '../../log/index.ts';
import { catchUp } from '../catch-up.ts';
import { layoutHash } from '../layout.ts';
import type { FeatureSpec } from '../spec.ts';
import type { State } from '../state.ts';
import { switching } from '../switching.ts';
import { beside } from './beside.ts';
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
   * them or is closed; rejects when folding them failed, of which nothing is left then. One at a time: the next begins when the one before is over.
   */
  grow(features: readonly FeatureSpec[]): Promise<void>;
}

/** So few that a request between two transactions does not wait. */
const BATCH = 500;

/** Serves from `first` while states with other features are built in folders of their own, and then from those. */
export function growing(first: State, { path, log, far, signal }: GrowingOptions): Growing {
  const abort = new AbortController();
  const both = switching(first, () => abort.abort());
  const stop = AbortSignal.any([abort.signal, ...(signal ? [signal] : [])]);

  const fill = async (features: readonly FeatureSpec[]): Promise<void> => {
    if (stop.aborted || canonicalJson(features) === canonicalJson(both.state.features)) return;
    const name = layoutHash(features);
    if (name === layoutHash(both.state.features)) {
      both.reopen(() => openLmdbState({ path: currentFolder(path), features, epoch: both.state.epoch() }));
      both.state.fold([]); // notes the features for who reads it
      return;
    }
    try {
      await replace(name, features);
    } catch (error) {
      if (stop.aborted) return; // the next start goes on with it
      discard(name);
      both.forgo();
      throw error;
    }
  };

  const replace = async (name: string, features: readonly FeatureSpec[]): Promise<void> => {
    // one processor is left to those who are served meanwhile
    const next = await beside(join(path, name), { features, log, far, signal: stop, threads: Math.max(1, availableParallelism() - 1) });
    if (stop.aborted) next.close();
    stop.throwIfAborted();
    both.prepare(next);
    while (!both.isReady()) {
      const end = log.end();
      await catchUp(next, log, { batch: BATCH, signal: stop });
      if (!both.isReady()) await log.wait(Math.max(next.offset(), end), stop); // where the tail was erased, until there is another
    }
    makeCurrent(path, name);
    both.turn();
  };

  /** Removes what came of it: nobody would tell it of who is erased from now on. */
  const discard = (name: string): void => {
    const folder = join(path, name);
    if (currentFolder(path) !== folder) rmSync(folder, { recursive: true, force: true });
  };

  let last = Promise.resolve();
  const grow = (features: readonly FeatureSpec[]): Promise<void> => {
    const settled = last.then(() => fill(features));
    last = settled.catch(() => {}); // whoever awaits it hears of it
    return settled;
  };
  return { state: both.state, grow };
}
