import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { currentFolder, makeCurrent, removeOthers } from '../../base/index.ts';
import type { CellLog, Log } from '../../log/index.ts';
import { buildState } from '../building/build.ts';
import { removeBuilds } from '../building/progress.ts';
import type { CatchUpOptions } from '../catch-up.ts';
import { layoutHash } from '../layout.ts';
import type { FeatureSpec } from '../spec.ts';
import { historyOf, isFarBehind, isLong, type Behind } from './behind.ts';
import { beside, clear } from './beside.ts';
import { openFolding } from './folding.ts';
import { growing, type Growing } from './growing.ts';
import { GROWTH_NOTE } from './growth-note.ts';
import { adoptSnapshot } from './snapshot.ts';
import { featuresAt, hasState, ifFits } from './standing.ts';

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

export interface StateOfLog extends Growing {
  /** Whether what stood could not be taken up, or lacked too much, and was folded anew before it serves. */
  readonly rebuilt: boolean;
  /** Resolves when the state has the features that were asked for; rejects when folding them failed. Nothing waits for it. */
  readonly settled: Promise<number | null>;
}

type Opened = Pick<StateOfLog, 'state' | 'rebuilt'>;

/**
 * The state of a log, folded to its end as of the call. What stands at `path` is taken up where it was; where it lacks so much that
 * building costs less than folding, one is built beside it first, and takes its place. Where it lacks less, but was folded with
 * other features, it serves on while one with these is folded beside it, which takes its place once it has come as far. Where
 * there is none, or it is of another epoch, cannot be read or was cut off when the machine stopped, the newest snapshot takes its
 * place, if it is of this log, and the rest is folded; without one it is built anew, first. What else was left there is removed.
 */
export async function openStateOf(options: StateOfLogOptions): Promise<StateOfLog> {
  const { state: first, rebuilt } = await openStanding(options);
  const { state, grow, progress } = growing(first, options);
  return { state, rebuilt, settled: grow(options.features), grow, progress };
}

/** The state that is to serve first: with the features that were asked for, or the ones before. */
async function openStanding(options: StateOfLogOptions): Promise<Opened> {
  const { path, features, log, snapshots, ...folding } = options;
  const epoch = log.epoch();
  const missing = !hasState(path);
  const standing = missing ? undefined : ifFits(() => openFolding({ path: currentFolder(path), features, epoch }));
  const old = missing || standing !== undefined ? undefined : ifFits(() => openFolding({ path: currentFolder(path), features: featuresAt(currentFolder(path)), epoch }));
  const taken = standing ?? old;
  const behind = taken && { offset: taken.offset(), history: historyOf(log) };
  if (behind !== undefined && isFarBehind(behind, options.far)) {
    taken!.close();
    return anew(options, behind);
  }
  if (taken !== undefined) {
    leaveBeside(path, standing === undefined ? layoutHash(features) : undefined);
    return { state: await taken.to(log, folding), rebuilt: false };
  }
  clear(path);
  if (snapshots !== undefined && adoptSnapshot(snapshots, path, log)) {
    const { snapshots: _adopted, ...rest } = options;
    return { ...(await openStanding(rest)), rebuilt: !missing };
  }
  if (isLong(log, options.far)) await buildState({ path, features, log: log as CellLog, ...folding });
  return { state: await openFolding({ path, features, epoch: log.epoch() }).to(log, folding), rebuilt: !missing };
}

/** Removes what a process left beside the state that stands, but for the one of this name, which is gone on with. */
function leaveBeside(path: string, name: string | undefined): void {
  removeBuilds(path, name === undefined ? {} : { except: join(path, name) });
  removeOthers(path, { except: [GROWTH_NOTE, ...(name === undefined ? [] : [name])] });
}

/** Builds a state beside one that is far behind, which stays until it is there: whoever is cut short goes on with the build. */
async function anew(options: StateOfLogOptions, behind: Behind): Promise<Opened> {
  const { path, features, log, snapshots: _older, onBehind, ...folding } = options;
  const hash = layoutHash(features);
  const name = currentFolder(path) === join(path, hash) ? `${hash}.2` : hash;
  leaveBeside(path, name);
  onBehind?.(behind);
  const built = await beside(join(path, name), { ...options, threads: availableParallelism() });
  built.close();
  makeCurrent(path, name, { except: [GROWTH_NOTE] });
  return { state: await openFolding({ path: join(path, name), features, epoch: log.epoch() }).to(log, folding), rebuilt: true };
}
