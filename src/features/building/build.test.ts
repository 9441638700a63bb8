import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { LoggedEvent } from '../../events/index.ts';
import { createRepeats, openHistory, type CellLog } from '../../log/index.ts';
import { DEFAULT_FEATURES } from '../defaults/index.ts';
import { openLmdbState } from '../lmdb/state.ts';
import { openMemoryState } from '../memory/state.ts';
import type { State } from '../state.ts';
import { buildState } from './build.ts';
import { worlds } from './worlds.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-build-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const features = DEFAULT_FEATURES;

let count = 0;
const place = (): string => join(folder, String(count++));

/** A log that is all history, in segments of so many events. */
function historyOf(events: readonly LoggedEvent[], size: number): CellLog {
  const historyFolder = place();
  const history = openHistory(historyFolder);
  const repeats = createRepeats();
  for (let from = 0; from < events.length; from += size) {
    const rows = events.slice(from, from + size).map((event) => ({ event, repeat: repeats.check(event.source, event.id, event.received) }));
    history.add(rows, Math.min(events.length, from + size));
  }
  return { history, historyFolder, epoch: () => 0, end: () => events.length } as unknown as CellLog;
}

const listed = (state: State): string[] => Array.from(state.rows(), ({ table, key, bytes }) => `${table} ${key} ${table === 'rows' || table === 'seen' ? Buffer.from(bytes).toString('hex') : Buffer.from(bytes).toString()}`);

it('a state that is built bucket by bucket is that which is folded event by event, byte for byte', async () => {
  await fc.assert(fc.asyncProperty(worlds, fc.integer({ min: 40, max: 90 }), fc.constantFrom(undefined, 1), async (events, size, rowsAShard) => {
    const path = place();
    await buildState({ path, features, log: historyOf(events, size), threads: 0, ...(rowsAShard && { rowsAShard }) });
    const clean = openMemoryState({ features });
    clean.fold(events);
    const built = openLmdbState({ path, features, epoch: 0 });
    expect(listed(built)).toEqual(listed(clean));
    built.close();
  }), { numRuns: 10 });
});
