import { blockKey, createSeen } from '../seen.ts';
import type { Blocks, Index, StateRow, Store, Table } from '../store.ts';

/** Rows on the heap. A transaction that throws keeps what it did before. */
export function memoryStore(): Store {
  const tables = { rows: memoryTable(), aliases: memoryTable(), memberships: memoryTable(), meta: memoryTable(), users: memoryTable(), words: memoryTable(), notes: memoryTable(), adoption: memoryTable() };
  const indexes = {
    owned: memoryIndex(), lanes: memoryIndex(), team: memoryIndex(), left: memoryIndex(), territories: memoryIndex(),
    disputes: memoryIndex(), became: memoryIndex(),
  };
  const blocks = memoryBlocks();
  return {
    ...tables,
    ...indexes,
    blocks,
    seen: createSeen(blocks),
    transaction: (work) => work(),
    *all() {
      const listed = { ...tables, ...indexes, seen: blocks };
      for (const table of Object.keys(listed).toSorted() as (keyof typeof listed)[]) {
        for (const [key, bytes] of listed[table].all()) yield { table, key, bytes } satisfies StateRow;
      }
    },
    close: () => {},
  };
}

interface Listed {
  all(): Iterable<[string, Uint8Array]>;
}

const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function memoryTable(): Table & Listed {
  const map = new Map<string, Uint8Array>();
  return {
    get: (key) => map.get(key),
    put: (key, bytes) => void map.set(key, bytes.slice()),
    remove: (key) => void map.delete(key),
    all: () => [...map].toSorted(([a], [b]) => ascending(a, b)),
  };
}

function memoryIndex(): Index & Listed {
  const sets = new Map<string, Set<string>>();
  const keys = (): string[] => [...sets.keys()].toSorted(ascending);
  const members = (key: string): string[] => [...(sets.get(key) ?? [])].toSorted(ascending);
  return {
    add(key, member) {
      const set = sets.get(key) ?? new Set();
      sets.set(key, set.add(member));
    },
    remove(key, member) {
      const set = sets.get(key);
      if (set?.delete(member) && set.size === 0) sets.delete(key);
    },
    members,
    range: (key, { from = '', to, limit }) => members(key).filter((member) => member >= from && (to === undefined || member < to)).slice(0, limit),
    keys,
    all: () => keys().flatMap((key) => members(key).map((member): [string, Uint8Array] => [`${key} ${member}`, NOTHING])),
  };
}

const NOTHING = new Uint8Array();

function memoryBlocks(): Blocks & { all(): Iterable<[string, Uint8Array]> } {
  const map = new Map<number, Uint8Array>();
  const inOrder = (): [number, Uint8Array][] => [...map].toSorted(([a], [b]) => a - b);
  return {
    get: (number) => map.get(number),
    put: (number, bytes) => void map.set(number, bytes.slice()),
    remove: (number) => void map.delete(number),
    each: inOrder,
    all: () => inOrder().map(([number, bytes]) => [blockKey(number), bytes]),
  };
}
