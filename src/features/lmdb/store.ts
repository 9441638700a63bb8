import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { open, type Database, type RootDatabase } from 'lmdb';
import { checkLmdbFile, Fault, fileFault, makeFolder } from '../../base/index.ts';
import { lengthOf, pack, unpack, unpackInto } from './packed.ts';
import { keepRoom } from './room.ts';
import { unwritable } from './unwritable.ts';
import { noteRunning, noteWhole, wasCutOff } from './running.ts';
import { blockKey, createSeen } from '../seen.ts';
import type { Blocks, Index, Store, Table } from '../store.ts';

type Bytes = Database<Buffer, string>;
/** The name of the file. */
export const DATA = 'data.mdb';
const NOTHING = Buffer.alloc(0);
/** Events of a transaction that does not say how many it folds. */
const SOME = 1_000;

export interface LmdbStoreOptions {
  /** A folder; made when it is not there. */
  path: string;
  access?: 'write' | 'read';
}

/**
 * Rows in LMDB: one process writes, any number read. `noSync`: the system writes pages when it likes, so a killed process
 * loses nothing. A machine that stops uncleanly leaves a file that is refused here (`corrupt`) and folded again. Written through the map,
 * where a page costs less than by system calls (ADR 14).
 */
export function lmdbStore({ path, access = 'write' }: LmdbStoreOptions): Store {
  if (access === 'read' && !existsSync(join(path, DATA))) {
    throw new Fault({ kind: 'missing', value: path, rule: 'holds no state', remedy: 'start the process that folds the log' });
  }
  const root = openRoot(path, access, 'map');
  const room = access === 'write' ? keepRoom(root, join(path, DATA)) : undefined;
  try {
    room?.reserve(0); // for the tables
  } catch (error) {
    room?.close();
    void root.close();
    throw error;
  }
  const names = [
    'adoption', 'aliases', 'became', 'disputes', 'lanes', 'left', 'memberships', 'meta', 'notes', 'owned', 'rows', 'seen', 'team', 'territories',
    'users', 'words',
  ] as const;
  const databases = Object.fromEntries(names.map((name) => [name, openTable(root, name)])) as Record<(typeof names)[number], Bytes>;
  const blocks = lmdbBlocks(databases.seen);
  let closed = false;
  return {
    rows: packedTable(databases.rows),
    aliases: lmdbTable(databases.aliases),
    memberships: lmdbTable(databases.memberships),
    meta: lmdbTable(databases.meta),
    users: lmdbTable(databases.users),
    words: lmdbTable(databases.words),
    notes: lmdbTable(databases.notes),
    adoption: lmdbTable(databases.adoption),
    owned: lmdbIndex(databases.owned),
    lanes: lmdbIndex(databases.lanes),
    team: lmdbIndex(databases.team),
    left: lmdbIndex(databases.left),
    territories: lmdbIndex(databases.territories),
    disputes: lmdbIndex(databases.disputes),
    became: lmdbIndex(databases.became),
    blocks,
    seen: createSeen(blocks),
    transaction(work, { events = SOME } = {}) {
      room?.reserve(events);
      return transactionIn(root, path, work);
    },
    *all() {
      for (const table of names) {
        for (const key of databases[table].getKeys()) {
          const bytes = databases[table].getBinary(key) ?? NOTHING;
          yield { table, key, bytes: table === 'rows' ? unpack(bytes) : bytes };
        }
      }
    },
    close() {
      if (closed) return;
      closed = true;
      room?.close();
      if (access === 'write') noteWhole(path, join(path, DATA));
      void root.close();
    },
  };
}

/**
 * The file of a state as LMDB has it. Whoever writes it through its map sees to it that there is room on the disk. Throws a Fault where it
 * is none, or was cut off.
 */
export function openRoot(path: string, access: 'write' | 'read', through: 'map' | 'calls' = 'calls'): RootDatabase<Buffer, string> {
  try {
    checkLmdbFile(join(path, DATA), { rule: 'is not a state', remedy: 'remove its folder: it is folded again from the log', access });
    if (wasCutOff(path)) throw cutOff(path);
    if (access === 'write') {
      makeFolder(path);
      noteRunning(path);
    }
    return open<Buffer, string>({
      path,
      noSubdir: false,
      readOnly: access === 'read',
      noSync: true,
      useWritemap: access === 'write' && through === 'map',
      overlappingSync: false,
      encoding: 'binary',
      maxDbs: 32,
    });
  } catch (cause) {
    throw cause instanceof Fault ? cause : fileFault(path, cause);
  }
}

const cutOff = (path: string): Fault =>
  new Fault({ kind: 'corrupt', value: path, rule: 'the machine stopped while it was written to', remedy: 'remove its folder: it is folded again, from a snapshot or from the log' });

export const openTable = (root: RootDatabase<Buffer, string>, name: string): Bytes =>
  root.openDB<Buffer, string>({ name, encoding: 'binary' });

/** Throws a Fault where the disk is full. */
export function transactionIn<T>(root: RootDatabase<Buffer, string>, path: string, work: () => T): T {
  try {
    return root.transactionSync(work);
  } catch (cause) {
    throw isStorageError(cause) ? unwritable(path, cause) : cause;
  }
}

/** LMDB's own errors carry a number: of the system, or its own. */
export const isStorageError = (cause: unknown): cause is Error => cause instanceof Error && 'code' in cause && typeof cause.code === 'number';

function lmdbTable(database: Bytes): Table {
  return {
    get: (key) => database.getBinary(key),
    put: (key, bytes) => void database.putSync(key, bytes as Buffer),
    remove: (key) => void database.removeSync(key),
  };
}

/** Rows of features, of which most bytes are zero. */
function packedTable(database: Bytes): Table {
  return {
    get(key) {
      const packed = database.getBinaryFast(key);
      return packed === undefined ? undefined : unpack(packed);
    },
    into(key, place) {
      const packed = database.getBinaryFast(key);
      if (packed !== undefined) unpackInto(packed, place(lengthOf(packed)));
    },
    put: (key, bytes) => void database.putSync(key, pack(bytes) as Buffer),
    remove: (key) => void database.removeSync(key),
    putAll(entries) {
      const put = filling(database);
      for (const [key, bytes] of entries) put(key, pack(bytes) as Buffer);
    },
  };
}

/** Puts in ascending order. Behind the last key a page is filled to its end; elsewhere it is split in halves. */
function filling(database: Bytes): (key: string, bytes: Buffer) => void {
  const [last] = Array.from(database.getKeys({ reverse: true, limit: 1 }));
  return (key, bytes) => void database.putSync(key, bytes, { append: last === undefined || key > last });
}

/** A pair is one key, `key member`; neither holds a space. */
function lmdbIndex(database: Bytes): Index {
  const after = (key: string): string => `${key}!`; // the character that follows the space
  return {
    add: (key, member) => void database.putSync(`${key} ${member}`, NOTHING),
    remove: (key, member) => void database.removeSync(`${key} ${member}`),
    addAll(pairs) {
      const put = filling(database);
      for (const [key, member] of pairs) put(`${key} ${member}`, NOTHING);
    },
    members: (key) => [...database.getKeys({ start: `${key} `, end: after(key) })].map((pair) => pair.slice(key.length + 1)),
    range: (key, { from = '', to, limit }) =>
      [...database.getKeys({ start: `${key} ${from}`, end: to === undefined ? after(key) : `${key} ${to}`, limit })].map((pair) => pair.slice(key.length + 1)),
    keys() {
      const keys: string[] = [];
      for (let start = ''; ; ) {
        const [pair] = Array.from(database.getKeys({ start, limit: 1 }));
        if (pair === undefined) return keys;
        const key = pair.slice(0, pair.indexOf(' '));
        keys.push(key);
        start = after(key);
      }
    },
  };
}

function lmdbBlocks(database: Bytes): Blocks {
  return {
    get: (number) => database.getBinary(blockKey(number)),
    put: (number, bytes) => void database.putSync(blockKey(number), bytes as Buffer),
    remove: (number) => void database.removeSync(blockKey(number)),
    *each() {
      for (const key of database.getKeys()) yield [Number(key), database.getBinary(key)!];
    },
  };
}

