/**
 * What a live event writes to LMDB and looks up there, by table, with the processor time of its fold: leads come in, then events of all
 * leads alike, a batch a transaction.
 *   node bench/features/writes.ts [LEADS] [BATCH]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY } from '../../src/base/index.ts';
import type { LoggedEvent } from '../../src/events/index.ts';
import { DEFAULT_FEATURES } from '../../src/features/index.ts';
import { lmdbStore } from '../../src/features/lmdb/store.ts';
import { createProjection } from '../../src/features/projection.ts';
import type { Store } from '../../src/features/store.ts';
import { loggedOf } from './active-log.ts';
import { book, BOOK_DAYS, BOOK_START, happenings, type Told } from './active.ts';

const WRITES = / (put|remove|add)$/u;
const READS = / (get|into|members|range)$/u;
const [leads = 50_000, batch = 2_000] = process.argv.slice(2).map(Number);
const NOW = BOOK_START + BOOK_DAYS * DAY;
const folder = mkdtempSync(join(tmpdir(), 'leadrank-writes-'));
const calls = new Map<string, number>();
const state = createProjection({ store: counted(lmdbStore({ path: folder })), features: DEFAULT_FEATURES });

try {
  run('leads come in', book(leads, 0));
  run('events of all leads alike', happenings(leads, 2 * leads, NOW, 0));
} finally {
  state.close();
  rmSync(folder, { recursive: true, force: true });
}

function run(name: string, source: Iterable<Told>): void {
  calls.clear();
  let [folded, micros, events] = [0, 0, [] as LoggedEvent[]];
  const fold = (): void => {
    const before = process.cpuUsage();
    state.fold(events);
    const { user, system } = process.cpuUsage(before);
    micros += user + system;
    folded += events.length;
    events = [];
  };
  for (const told of source) {
    events.push(loggedOf(told, state.offset() + events.length));
    if (events.length === batch) fold();
  }
  fold();
  const each = (how: RegExp): number => [...calls].reduce((sum, [call, n]) => sum + (how.test(call) ? n : 0), 0) / folded;
  console.log(`${name}: ${folded.toLocaleString('en')} events, ${batch.toLocaleString('en')} a transaction; processor ${(micros / folded).toFixed(1)} µs, ${each(WRITES).toFixed(2)} writes and ${each(READS).toFixed(2)} look-ups an event`);
  for (const [call, n] of [...calls].toSorted(([, a], [, b]) => b - a)) if (n / folded >= 0.01) console.log(`  ${call.padEnd(20)} ${(n / folded).toFixed(2)}`);
}

/** The store with every call of a table, an index or the blocks counted. */
function counted(store: Store): Store {
  const tables = ['rows', 'aliases', 'memberships', 'users', 'words', 'notes', 'adoption', 'meta', 'owned', 'lanes', 'team', 'left', 'territories', 'disputes', 'became'] as const;
  const watched = tables.map((table) => [table, new Proxy(store[table], {
    get(of, method: string) {
      const call = (of as unknown as Record<string, unknown>)[method];
      if (typeof call !== 'function') return call;
      return (...parts: unknown[]) => {
        calls.set(`${table} ${method}`, (calls.get(`${table} ${method}`) ?? 0) + 1);
        return (call as (...all: unknown[]) => unknown)(...parts);
      };
    },
  })] as const);
  return { ...store, ...Object.fromEntries(watched) };
}
