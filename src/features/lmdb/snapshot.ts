import { constants, copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import { currentFolder, Fault, fileFault, HOUR, makeFolder, randomId, sha256File, syncFolder, systemClock, writeFileAtomic } from '../../base/index.ts';
import { readPosition } from '../position.ts';
import { lmdbStore } from './store.ts';

/** A whole copy of a state as of one offset: a node that has no state, or cannot trust it, folds from there on only. */
export interface Snapshot {
  readonly format: number;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Up to which offset it is folded, and under which epoch of the log. */
  readonly offset: number;
  readonly epoch: number;
  /** When it was taken, ms. */
  readonly taken: number;
}

export interface SnapshotOptions {
  /** Where the state lies. */
  readonly state: string;
  /** The folder of the snapshots. */
  readonly folder: string;
  /** ms */
  readonly now: number;
}

const FORMAT = 1;
const NAMED = 'snapshot.json';
const DATA = 'data.mdb';

/** Copies a state while it is folded and read; the copy takes the place of the one before. Throws a Fault. */
export async function takeSnapshot({ state, folder, now }: SnapshotOptions): Promise<Snapshot> {
  makeFolder(folder, { mode: 0o700 });
  const name = `${randomId('state_')}`;
  const place = join(folder, `${name}.tmp`);
  rmSync(place, { recursive: true, force: true });
  try {
    makeFolder(place, { mode: 0o700 });
    await copyData(currentFolder(state), place);
    const { offset, epoch } = positionIn(place);
    const file = `${name}.mdb`;
    const sha256 = sha256File(join(place, DATA), 'sync');
    renameSync(join(place, DATA), join(folder, file));
    const snapshot: Snapshot = { format: FORMAT, file, bytes: statSync(join(folder, file)).size, sha256, offset, epoch, taken: now };
    syncFolder(folder);
    if (positionIn(currentFolder(state)).epoch !== epoch) throw new Fault({ kind: 'unavailable', value: file, rule: 'something was erased meanwhile', remedy: 'take it again' });
    writeFileAtomic(join(folder, NAMED), `${JSON.stringify(snapshot, null, 1)}\n`, { mode: 0o600 });
    syncFolder(folder);
    return snapshot;
  } catch (cause) {
    throw cause instanceof Fault ? cause : fileFault(place, cause);
  } finally {
    rmSync(place, { recursive: true, force: true });
    tidy(folder);
  }
}

/** From folder to folder, as one transaction sees it, without free pages. */
async function copyData(from: string, to: string): Promise<void> {
  if (!existsSync(join(from, DATA))) throw new Fault({ kind: 'missing', value: from, rule: 'holds no state', remedy: 'start the process that folds the log' });
  const root = open({ path: from, noSubdir: false, readOnly: true, noSync: true, overlappingSync: false, encoding: 'binary', maxDbs: 32 });
  try {
    await root.backup(to, true);
  } catch (cause) {
    const { message = '' } = cause as Error;
    throw fileFault(to, /no space left/iu.test(message) ? Object.assign(new Error(message, { cause }), { code: 'ENOSPC' }) : cause);
  } finally {
    await root.close();
  }
}

function positionIn(folder: string): { offset: number; epoch: number } {
  const store = lmdbStore({ path: folder, access: 'read' });
  try {
    const { offset = 0, epoch = 0 } = readPosition(store.meta) ?? {};
    return { offset, epoch };
  } finally {
    store.close();
  }
}

/** What the newest snapshot says of itself; undefined where there is none that this release can use. */
export function readSnapshot(folder: string): Snapshot | undefined {
  const path = join(folder, NAMED);
  if (!existsSync(path)) return undefined;
  try {
    const snapshot = JSON.parse(readFileSync(path, 'utf8')) as Partial<Snapshot> | null;
    return snapshot?.format === FORMAT && typeof snapshot.file === 'string' ? (snapshot as Snapshot) : undefined;
  } catch {
    return undefined; // it costs a longer fold
  }
}

/**
 * Lays the newest snapshot out as the state at `path`, where it is whole and of this log: of its epoch, and not ahead of its end.
 * Whether it was.
 */
export function adoptSnapshot(folder: string, path: string, log: { epoch(): number; end(): number }): boolean {
  const snapshot = readSnapshot(folder);
  if (snapshot === undefined || snapshot.epoch !== log.epoch() || snapshot.offset > log.end()) return false;
  const file = join(folder, snapshot.file);
  if (!existsSync(file) || statSync(file).size !== snapshot.bytes || sha256File(file, 'read') !== snapshot.sha256) return false;
  makeFolder(path);
  const temporary = join(path, `${DATA}.tmp`);
  try {
    copyFileSync(file, temporary, constants.COPYFILE_FICLONE);
    sha256File(temporary, 'sync');
    renameSync(temporary, join(path, DATA));
    syncFolder(path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw fileFault(path, cause);
  }
  return true;
}

/** Removes the snapshots, and what is to become one: an erasure leaves nothing of its subject in them. */
export function dropSnapshots(folder: string): void {
  if (existsSync(folder)) for (const entry of readdirSync(folder)) rmSync(join(folder, entry), { recursive: true, force: true });
}

/** Removes what no snapshot names: of one that was replaced, or cut short a while ago. */
function tidy(folder: string): void {
  const named = readSnapshot(folder)?.file;
  for (const entry of readdirSync(folder)) {
    const path = join(folder, entry);
    if (entry === NAMED || entry === named || (entry.endsWith('.tmp') && systemClock() - statSync(path).mtimeMs < HOUR)) continue;
    rmSync(path, { recursive: true, force: true });
  }
}
