import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Fault, makeFolder, quote, type Clock } from '../base/index.ts';
import { openIdentities, type CellIdentities } from './identities.ts';
import { openKeys, type CellKeys } from './keys.ts';
import { lockCell, type CellLock } from './lock.ts';
import { checkRegion, createManifest, readManifest } from './manifest.ts';
import { openQuarantine, type Quarantine } from './quarantine.ts';
import { placeState, statePlace } from './state-place.ts';

const FOLDERS = [
  'log',
  'state',
  'snapshots',
  'identities',
  'journal',
  'quarantine',
  'scores',
  'bundles',
  'engines',
  'receipts',
  'keys',
  'feeds',
] as const;

/** Absolute paths of what a cell keeps. */
export type CellPaths = Readonly<Record<(typeof FOLDERS)[number], string>>;

/** Where the stores of the cell in a folder lie, whether or not they are there. */
export const cellPaths = (dir: string): CellPaths => ({ ...foldersIn(resolve(dir)), state: statePlace(resolve(dir)) });

const foldersIn = (root: string): CellPaths => Object.fromEntries(FOLDERS.map((name) => [name, join(root, name)])) as CellPaths;

/** A region's complete, independent store: what one deployment owns on its disk. */
export interface Cell {
  readonly id: string;
  readonly region: string;
  readonly dir: string;
  readonly paths: CellPaths;
  readonly keys: CellKeys;
  readonly identities: CellIdentities;
  readonly quarantine: Quarantine;
  /** Lets the cell go; a second call does nothing. */
  close(): Promise<void>;
}

export interface CellOptions {
  readonly dir: string;
  readonly region: string;
  readonly clock: Clock;
  /** An owner makes the cell where there is none and holds it alone; a guest opens what is there, beside the owner. */
  readonly role?: 'owner' | 'guest';
  /** Days that the quarantine keeps an event. */
  readonly quarantineDays?: number;
  /** Of an owner: the folder, say of a file system in memory, in which the state is to lie. Default: where it lies. */
  readonly stateFolder?: string | null;
  /** Told, of an owner, that the one before ended without letting the cell go, before anything of it is opened; what it throws is thrown. */
  readonly onLeftOpen?: (paths: CellPaths) => void;
}

/**
 * Opens the cell in a folder. Throws a Fault: `conflict` where another process owns it or it is of another region,
 * `newer` where a later release wrote it, `missing` where a guest finds none, `corrupt`, `unavailable`.
 */
export function openCell({ dir, region, clock, role = 'owner', quarantineDays = 30, stateFolder = null, onLeftOpen }: CellOptions): Cell {
  checkRegion(region);
  const root = resolve(dir);
  const manifestPath = join(root, 'cell.json');
  if (role === 'guest' && !existsSync(manifestPath)) {
    throw new Fault({
      kind: 'missing',
      value: root,
      rule: 'holds no cell',
      remedy: 'run npm start or name another folder with --data',
    });
  }
  const within = foldersIn(root);
  if (role === 'owner') [root, ...FOLDERS.filter((name) => name !== 'state').map((name) => within[name])].forEach((path) => makeFolder(path, { mode: 0o700 }));
  const lock = role === 'owner' ? lockCell(root) : undefined;
  try {
    const paths = { ...within, state: role === 'owner' ? placeState(root, stateFolder) : statePlace(root) };
    if (lock?.wasLeftOpen === true && onLeftOpen !== undefined) orPutBack(lock, () => onLeftOpen(paths));
    const found = readManifest(manifestPath);
    if (found !== undefined && found.region !== region) throw foreign(root, found.region, region);
    // the manifest comes last: where it stands, the keys have been made and are never made again
    const keys = openKeys(paths.keys, { create: found === undefined });
    const identities = openIdentities(paths.identities, keys);
    const { id } = found ?? createManifest(manifestPath, region, clock);
    const quarantine = openQuarantine({
      dir: paths.quarantine,
      key: keys.derive('quarantine'),
      clock,
      days: quarantineDays,
    });
    if (role === 'owner') quarantine.expire();
    return { id, region, dir: root, paths, keys, identities, quarantine, close: closer(identities, lock) };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/** Where what was left open is refused, the next is told of it, too. */
function orPutBack(lock: CellLock, check: () => void): void {
  try {
    check();
  } catch (error) {
    lock.putBack();
    throw error;
  }
}

function closer(identities: CellIdentities, lock: CellLock | undefined): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => (closing ??= identities.close().finally(() => lock?.release()));
}

function foreign(dir: string, found: string, asked: string): Fault {
  return new Fault({
    kind: 'conflict',
    value: dir,
    rule: `holds the cell of region ${quote(found)}, not ${quote(asked)}`,
    remedy: 'name the folder of that region with --data: data never changes its region',
  });
}
