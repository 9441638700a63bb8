import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { currentFolder, Fault, makeCurrent } from '../../base/index.ts';
import type { Log } from '../../log/index.ts';
import { catchUp, type CatchUpOptions } from '../catch-up.ts';
import { parseFeatures } from '../check.ts';
import { layoutHash } from '../layout.ts';
import { foldedWith } from '../projection.ts';
import type { FeatureSpec } from '../spec.ts';
import type { State } from '../state.ts';
import { switching } from '../switching.ts';
import { openFolding } from './folding.ts';
import { adoptSnapshot } from './snapshot.ts';
import { discardLmdbState, openLmdbState } from './state.ts';
import { isStorageError, lmdbStore } from './store.ts';

export interface StateOfLogOptions extends CatchUpOptions {
  path: string;
  features: readonly FeatureSpec[];
  log: Log;
  /** Where snapshots of the state lie. */
  snapshots?: string;
}

export interface StateOfLog {
  /** What serves: at first the state that stands, then the one that was folded anew. */
  readonly state: State;
  /** Whether what stood could not be taken up, and was folded anew before it serves. */
  readonly rebuilt: boolean;
  /** Resolves when the state has the features that were asked for; rejects when folding them failed. Nothing waits for it. */
  readonly settled: Promise<void>;
}

/**
 * The state of a log, folded to its end as of the call. What stands at `path` is taken up where it was. Where it was folded with
 * other features, it serves on while one with these is folded beside it, which takes its place once it has come as far. Where
 * there is none, or it is of another epoch, cannot be read or was cut off when the machine stopped, the newest snapshot takes its
 * place, if it is of this log, and the rest is folded; without one everything is, first.
 */
export async function openStateOf(options: StateOfLogOptions): Promise<StateOfLog> {
  const { path, features, log, snapshots, ...folding } = options;
  const epoch = log.epoch();
  const settled = Promise.resolve();
  const missing = !existsSync(join(currentFolder(path), 'data.mdb'));
  const standing = missing && snapshots !== undefined ? undefined : attempt(() => openFolding({ path: currentFolder(path), features, epoch }));
  if (standing !== undefined) return { state: await standing.to(log, folding), rebuilt: false, settled };

  const old = missing ? undefined : attempt(() => openFolding({ path: currentFolder(path), features: featuresAt(currentFolder(path)), epoch }));
  if (old !== undefined) return grow(await old.to(log, folding), options);
  discardLmdbState(path);
  if (snapshots !== undefined && adoptSnapshot(snapshots, path, log)) {
    const { snapshots: _adopted, ...rest } = options;
    return { ...(await openStateOf(rest)), rebuilt: !missing };
  }
  return { state: await openFolding({ path, features, epoch }).to(log, folding), rebuilt: !missing, settled };
}

/** The state that serves at `path`, for reading, with the features that it has by now. Throws a Fault where there is none. */
export function readStateAt(path: string): State {
  const place = currentFolder(path);
  return openLmdbState({ path: place, features: featuresAt(place), access: 'read' });
}

/** Undefined where the state does not fit or cannot be read. */
function attempt<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof Fault ? ['conflict', 'corrupt', 'input', 'missing'].includes(error.kind) : isStorageError(error)) return undefined;
    throw error;
  }
}

/** The features with which the state in a folder was folded. Throws a Fault where it does not say, or this release lacks them. */
function featuresAt(path: string): FeatureSpec[] {
  const store = lmdbStore({ path, access: 'read' });
  try {
    return parseFeatures(foldedWith(store));
  } finally {
    store.close();
  }
}

/** So few that a request between two transactions does not wait. */
const BATCH = 500;

/** Serves from `old` while a state with other features is folded in a folder of its own, and then from that. */
function grow(old: State, { path, features, log, signal }: StateOfLogOptions): StateOfLog {
  const name = layoutHash(features);
  const folder = join(path, name);
  const epoch = log.epoch();
  const next = attempt(() => openLmdbState({ path: folder, features, epoch })) ?? afresh(folder, () => openLmdbState({ path: folder, features, epoch }));
  const abort = new AbortController();
  const both = switching(old, next, () => abort.abort());

  const fill = async (): Promise<void> => {
    const stop = AbortSignal.any([abort.signal, ...(signal ? [signal] : [])]);
    while (!both.isReady()) await catchUp(next, log, { batch: BATCH, signal: stop });
    makeCurrent(path, name);
    both.turn();
  };
  const settled = fill().catch((error: unknown) => {
    if (!abort.signal.aborted && !signal?.aborted) throw error;
  });
  settled.catch(() => {}); // whoever awaits it hears of it
  return { state: both.state, rebuilt: false, settled };
}

function afresh(folder: string, open: () => State): State {
  discardLmdbState(folder);
  return open();
}
