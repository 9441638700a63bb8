import type { Blocks, Index, Store, Table } from './store.ts';
import { createSeen } from './seen.ts';

/** A store for a long fold: what is written stays in memory, and goes to the store below sorted, in one transaction, when it is much. */
export interface GatheringStore extends Store {
  /** Writes what was gathered. */
  flush(): void;
}

export interface GatheringOptions {
  /** Bytes of rows after which it writes. */
  readonly most?: number;
}

/** Each of its rows may lie on a page of its own, for which there must be room on the disk: 350 MB. */
const MOST = 2 ** 26;
/** Entries that stand for an event where room is made: each copies a page and may split it. */
const ENTRIES_AN_EVENT = 5;

const TABLES = ['aliases', 'memberships', 'users', 'words', 'notes', 'adoption', 'meta'] as const;
const INDEXES = ['owned', 'lanes', 'team', 'left', 'territories', 'disputes', 'became'] as const;
/** About what a pair of an index takes in memory. */
const PAIR = 150;

export function gatheringStore(below: Store, { most = MOST }: GatheringOptions = {}): GatheringStore {
  let held = 0;
  const onGrow = (bytes: number): void => void (held += bytes);
  const rows = gatheringTable(below.rows, onGrow);
  const tables = Object.fromEntries(TABLES.map((name) => [name, gatheringTable(below[name], onGrow)])) as Record<(typeof TABLES)[number], Table & Gathered>;
  const indexes = Object.fromEntries(INDEXES.map((name) => [name, gatheringIndex(below[name], onGrow)])) as Record<(typeof INDEXES)[number], Index & Gathered>;
  const blocks = gatheringBlocks(below.blocks);
  const parts: readonly Gathered[] = [rows, blocks, ...Object.values(tables), ...Object.values(indexes)];
  const flush = (): void => {
    const events = Math.ceil(parts.reduce((sum, { size }) => sum + size(), 0) / ENTRIES_AN_EVENT);
    below.transaction(() => {
      for (const part of parts) part.flush();
    }, { events });
    held = 0;
  };
  return {
    rows,
    ...tables,
    ...indexes,
    blocks,
    seen: createSeen(blocks),
    transaction(work) {
      const result = work();
      if (held >= most) flush();
      return result;
    },
    all() {
      flush();
      return below.all();
    },
    flush,
    close: () => below.close(),
  };
}

interface Gathered {
  /** How many entries it will write. */
  size(): number;
  flush(): void;
}

const ascending = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0);

function gatheringTable(below: Table, onGrow: (bytes: number) => void): Table & Gathered {
  const news = new Map<string, Uint8Array | null>();
  return {
    get(key) {
      const own = news.get(key);
      return own === undefined ? below.get(key) : (own ?? undefined);
    },
    put(key, bytes) {
      if (!news.has(key)) onGrow(bytes.length);
      news.set(key, bytes.slice());
    },
    remove: (key) => void news.set(key, null),
    size: () => news.size,
    flush() {
      const sorted = [...news].toSorted(ascending);
      news.clear();
      const put = sorted.filter((entry): entry is [string, Uint8Array] => entry[1] !== null);
      for (const [key, bytes] of sorted) if (bytes === null) below.remove(key);
      if (below.putAll !== undefined) below.putAll(put);
      else for (const [key, bytes] of put) below.put(key, bytes);
    },
  };
}

function gatheringIndex(below: Index, onGrow: (bytes: number) => void): Index & Gathered {
  const news = new Map<string, Map<string, boolean>>();
  const note = (key: string, member: string, is: boolean): void => {
    let members = news.get(key);
    if (members === undefined) news.set(key, (members = new Map()));
    if (!members.has(member)) onGrow(PAIR);
    members.set(member, is);
  };
  const members = (key: string): string[] => {
    const of = news.get(key);
    if (of === undefined) return below.members(key);
    const all = new Set(below.members(key));
    for (const [member, is] of of) {
      if (is) all.add(member);
      else all.delete(member);
    }
    return [...all].toSorted();
  };
  return {
    add: (key, member) => note(key, member, true),
    remove: (key, member) => note(key, member, false),
    members,
    range: (key, { from = '', to, limit }) => members(key).filter((member) => member >= from && (to === undefined || member < to)).slice(0, limit),
    keys: () => [...new Set([...below.keys(), ...news.keys()])].toSorted().filter((key) => members(key).length > 0),
    size: () => [...news.values()].reduce((sum, of) => sum + of.size, 0),
    flush() {
      const added: [string, string][] = [];
      for (const [key, of] of [...news].toSorted(ascending)) {
        for (const [member, is] of [...of].toSorted(ascending)) {
          if (is) added.push([key, member]);
          else below.remove(key, member);
        }
      }
      news.clear();
      if (below.addAll !== undefined) below.addAll(added);
      else for (const [key, member] of added) below.add(key, member);
    },
  };
}

function gatheringBlocks(below: Blocks): Blocks & Gathered {
  const news = new Map<number, Uint8Array | null>();
  return {
    get(number) {
      const own = news.get(number);
      return own === undefined ? below.get(number) : (own ?? undefined);
    },
    put: (number, bytes) => void news.set(number, bytes.slice()),
    remove: (number) => void news.set(number, null),
    size: () => news.size,
    *each() {
      const all = new Map<number, Uint8Array | null>(below.each());
      for (const [number, bytes] of news) all.set(number, bytes);
      for (const [number, bytes] of [...all].toSorted(([a], [b]) => a - b)) if (bytes !== null) yield [number, bytes];
    },
    flush() {
      for (const [number, bytes] of [...news].toSorted(([a], [b]) => a - b)) {
        if (bytes === null) below.remove(number);
        else below.put(number, bytes);
      }
      news.clear();
    },
  };
}
