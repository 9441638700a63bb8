import { existsSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { canonicalJson, currentFolder, Fault, makeCurrent } from '../../base/index.ts';
import type { CellLog, Log } from '../../log/index.ts';
import { buildState } from '../building/build.ts';
import { removeScratch, SCRATCH } from '../building/plan.ts';
import { removeBuilds } from '../building/progress.ts';
import { catchUp, type CatchUpOptions } from '../catch-up.ts';
import { parseFeatures } from '../check.ts';
import { layoutHash } from '../layout.ts';
import { foldedWith } from '../projection.ts';
import type { FeatureSpec } from '../spec.ts';
import type { State } from '../state.ts';
import { switching } from '../switching.ts';
import { openFolding } from './folding.ts';
import { isFarBehind, type Behind } from './behind.ts';
import { adoptSnapshot } from './snapshot.ts';
import { openLmdbState } from './state.ts';
import { DATA, isStorageError, lmdbStore } from './store.ts';

export interface StateOfLogOptions extends CatchUpOptions {
  path: string;
  features: readonly FeatureSpec[];
  log: Log;
  /** Where snapshots of the state lie. */
  snapshots?: string;
  /** A state that lacks fewer events of history than these is folded; one that lacks more may be built, bucket by bucket, on several threads. */
  far?: number;
  /** Told that the state that stands lacks so much that it is built anew, before that begins. */
  onBehind?: (behind: Behind) => void;
}

export interface StateOfLog {
  /** What serves: at first the state that stands, then the one that was folded anew with other features. */
  readonly state: State;
  /** Whether what stood could not be taken up, or lacked too much, and was folded anew before it serves. */
  readonly rebuilt: boolean;
  /** Resolves when the state has the features that were asked for; rejects when folding them failed. Nothing waits for it. */
  readonly settled: Promise<void>;
  /**
   * Has the state folded with these features beside the one that serves, and then serve; one that has them stays. Resolves when it has
   * them or is closed; rejects when folding them failed. One at a time: the next begins when the one before is over.
   */
  grow(features: readonly FeatureSpec[]): Promise<void>;
}

type Opened = Omit<StateOfLog, 'grow' | 'settled'>;

/**
 * The state of a log, folded to its end as of the call. What stands at `path` is taken up where it was; where it lacks so much that
 * building costs less than folding, one is built beside it first, and takes its place. Where it lacks less, but was folded with
 * other features, it serves on while one with these is folded beside it, which takes its place once it has come as far. Where
 * there is none, or it is of another epoch, cannot be read or was cut off when the machine stopped, the newest snapshot takes its
 * place, if it is of this log, and the rest is folded; without one it is built anew, first.
 */
export async function openStateOf(options: StateOfLogOptions): Promise<StateOfLog> {
  const { state, rebuilt } = await openStanding(options);
  const growing = grower(state, options);
  return { state: growing.state, rebuilt, settled: growing.grow(options.features), grow: growing.grow };
}

/** The state that is to serve first: with the features that were asked for, or the ones before. */
async function openStanding(options: StateOfLogOptions): Promise<Opened> {
  const { path, features, log, snapshots, ...folding } = options;
  const epoch = log.epoch();
  const missing = !hasState(path);
  const standing = missing ? undefined : attempt(() => openFolding({ path: currentFolder(path), features, epoch }));
  const old = missing || standing !== undefined ? undefined : attempt(() => openFolding({ path: currentFolder(path), features: featuresAt(currentFolder(path)), epoch }));
  const taken = standing ?? old;
  const behind = taken && { offset: taken.offset(), history: historyOf(log) };
  if (behind !== undefined && isFarBehind(behind, options.far)) {
    taken!.close();
    return anew(options, behind);
  }
  if (standing !== undefined) {
    removeBuilds(path);
    return { state: await standing.to(log, folding), rebuilt: false };
  }
  if (old !== undefined) {
    removeBuilds(path, { except: join(path, layoutHash(features)) });
    return { state: await old.to(log, folding), rebuilt: false };
  }
  clear(path);
  if (snapshots !== undefined && adoptSnapshot(snapshots, path, log)) {
    const { snapshots: _adopted, ...rest } = options;
    return { ...(await openStanding(rest)), rebuilt: !missing };
  }
  if (isLong(options)) await buildState({ path, features, log: options.log as CellLog, ...folding });
  return { state: await openFolding({ path, features, epoch: log.epoch() }).to(log, folding), rebuilt: !missing };
}

/** Whether the history is so long that a state of it is built rather than folded. */
const isLong = ({ log, far }: StateOfLogOptions): boolean => isFarBehind({ offset: 0, history: historyOf(log) }, far);

/** The end of a log's history; 0 for one that has none. */
const historyOf = (log: Log): number => ('history' in log ? (log as CellLog).history.end() : 0);

/** Builds a state beside one that is far behind, which stays until it is there: whoever is cut short goes on with the build. */
async function anew(options: StateOfLogOptions, behind: Behind): Promise<Opened> {
  const { path, features, log, snapshots: _older, onBehind, ...folding } = options;
  const hash = layoutHash(features);
  const name = currentFolder(path) === join(path, hash) ? `${hash}.2` : hash;
  removeBuilds(path, { except: join(path, name) });
  onBehind?.(behind);
  const built = await beside(join(path, name), { ...options, threads: availableParallelism() });
  built.close();
  makeCurrent(path, name);
  return { state: await openFolding({ path: join(path, name), features, epoch: log.epoch() }).to(log, folding), rebuilt: true };
}

/** Removes a state, and leaves a build of another that was begun there. */
function clear(path: string): void {
  if (!existsSync(path)) return;
  for (const entry of readdirSync(path)) if (entry !== SCRATCH) rmSync(join(path, entry), { recursive: true, force: true });
}

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
    const features = foldedWith(store);
    if (features === undefined) throw new Fault({ kind: 'missing', value: path, rule: 'nothing was folded into it yet', remedy: 'bring events into the log, and start the process that folds it' });
    return parseFeatures(features);
  } finally {
    store.close();
  }
}

/** So few that a request between two transactions does not wait. */
const BATCH = 500;

/** Serves from `first` while states with other features are built in folders of their own, and then from those. */
function grower(first: State, options: StateOfLogOptions): Pick<StateOfLog, 'state' | 'grow'> {
  const { path, log, signal } = options;
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
    // one processor is left to those who are served meanwhile
    const { onProgress: _unseen, ...quietly } = options;
    const next = await beside(join(path, name), { ...quietly, features, signal: stop, threads: Math.max(1, availableParallelism() - 1) });
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

  let last = Promise.resolve();
  const grow = (features: readonly FeatureSpec[]): Promise<void> => {
    const settled = last.then(() => fill(features)).catch((error: unknown) => {
      if (stop.aborted) return;
      both.forgo();
      throw error;
    });
    last = settled.catch(() => {}); // whoever awaits it hears of it
    return settled;
  };
  return { state: both.state, grow };
}

/** A state in a folder of its own, as far as it came when it was begun before, or built as far as the history goes. */
async function beside(path: string, options: StateOfLogOptions & { readonly threads: number }): Promise<State> {
  const { features, log, signal, threads, onProgress } = options;
  const open = (): State => openLmdbState({ path, features, epoch: log.epoch() });
  const begun = existsSync(join(path, DATA)) ? attempt(open) : undefined;
  if (begun !== undefined) {
    removeScratch(join(path, SCRATCH));
    return begun;
  }
  for (;;) {
    clear(path);
    if (isLong(options)) await buildState({ path, features, log: log as CellLog, threads, signal, onProgress });
    signal?.throwIfAborted();
    const built = attempt(open);
    if (built !== undefined) return built; // else something was erased as it took its place
  }
}
