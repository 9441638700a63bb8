import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { CELL_SUBJECT, newestVersion, type LoggedEvent } from '../../events/index.ts';
import { DEFAULT_FEATURES } from '../defaults/index.ts';
import { openLmdbState } from '../lmdb/state.ts';
import { openMemoryState } from '../memory/state.ts';
import type { State } from '../state.ts';
import { buildState, type BuildOptions } from './build.ts';
import { historyOf } from './history.fixture.ts';
import { worlds } from './worlds.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-build-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const features = DEFAULT_FEATURES;

let count = 0;
const place = (): string => join(folder, String(count++));

const listed = (state: State): string[] => Array.from(state.rows(), ({ table, key, bytes }) => `${table} ${key} ${table === 'rows' || table === 'seen' ? Buffer.from(bytes).toString('hex') : Buffer.from(bytes).toString()}`);

type Cut = Pick<BuildOptions, 'rowsAShard' | 'eventsASlice' | 'threads' | 'bytesHeld'>;

async function builtOf(events: readonly LoggedEvent[], size: number, cut: Cut): Promise<string[]> {
  const path = place();
  await buildState({ path, features, log: historyOf(events, { folder: place(), size }), threads: 0, ...cut });
  const built = openLmdbState({ path, features, epoch: 0 });
  const rows = listed(built);
  built.close();
  rmSync(path, { recursive: true });
  return rows;
}

function foldedOf(events: readonly LoggedEvent[]): string[] {
  const clean = openMemoryState({ features });
  clean.fold(events);
  return listed(clean);
}

/** ms; a world is some hundred files. */
const PATIENCE = 240_000;
const cuts = fc.record({ rowsAShard: fc.constantFrom(500_000, 1), eventsASlice: fc.constantFrom(8_192, 3), bytesHeld: fc.constantFrom(2 ** 28, 1_000) });

it('a state that is built bucket by bucket is that which is folded event by event, byte for byte', async () => {
  await fc.assert(fc.asyncProperty(worlds, fc.integer({ min: 40, max: 90 }), cuts, async (events, size, cut) => {
    expect(await builtOf(events, size, cut)).toEqual(foldedOf(events));
  }), { numRuns: 8 });
}, PATIENCE);

it('nor is it another on threads, and where it was cut short and went on', async () => {
  await fc.assert(fc.asyncProperty(worlds, fc.nat(63), async (events, most) => {
    const path = place();
    const log = historyOf(events, { folder: place(), size: 50 });
    const abort = new AbortController();
    let told = 0;
    const options = { path, features, log, eventsASlice: 3, rowsAShard: 500_000 };
    await expect(buildState({ ...options, threads: 0, signal: abort.signal, onProgress: () => told++ >= most && abort.abort() })).rejects.toThrow(/abort/iu);
    await buildState({ ...options, threads: 2 });
    const built = openLmdbState({ path, features, epoch: 0 });
    expect(listed(built)).toEqual(foldedOf(events));
    built.close();
  }), { numRuns: 2 });
}, PATIENCE);

describe('who has no events', () => {
  const START = Date.UTC(2026, 0, 5);
  type What = readonly [type: string, subject: string, data: object];
  const logOf = (all: readonly What[]): LoggedEvent[] =>
    all.map(([type, subject, data], offset) => {
      const time = START + 1_000 * offset;
      return { id: `e${offset}`, source: 'test', type, version: newestVersion(type), subject, time, knownAt: time, received: time, offset, data } as unknown as LoggedEvent;
    });
  const visit = (visitor: string): What => ['web.visited', visitor, { page: 'pricing', seconds: 5 }];
  const erase = (subject: string): What => ['control.subject.erased', CELL_SUBJECT, { subject, receipt: 'r' }];

  it.each<[string, What[]]>([
    ['a lead that is erased is nobody to whom it was linked', [visit('vi_v'), ['link.visitor', 'vi_v', { lead: 'ld_x' }], visit('vi_v'), erase('ld_x'), visit('vi_v')]],
    ['a loser that is erased is not what the winner was', [['lead.created', 'ld_w', {}], ['record.merged', 'ld_w', { loser: 'ld_x' }], erase('ld_x'), visit('ld_w')]],
    ['two visitors of a lead count in one row', [
      visit('vi_v'), ['link.visitor', 'vi_v', { lead: 'ld_x' }], visit('vi_v'), visit('vi_u'), visit('vi_w'), ['link.visitor', 'vi_w', { lead: 'ld_x' }], visit('vi_w'),
    ]],
    ['what a visitor did for a loser is the winner\'s', [visit('vi_v'), ['link.visitor', 'vi_v', { lead: 'ld_x' }], visit('vi_v'), ['lead.created', 'ld_w', {}], ['record.merged', 'ld_w', { loser: 'ld_x' }], visit('vi_v')]],
    ['an account goes with the loser that it was before', [
      ['lead.created', 'ld_a', { account: 'ac_z' }], ['account.changed', 'ac_z', { industry: 'media' }], visit('ld_a'),
      ['record.merged', 'ac_z', { loser: 'ac_g' }], ['record.merged', 'ac_x', { loser: 'ac_g' }], visit('ld_a'),
    ]],
  ])('%s', async (_, all) => {
    const events = logOf(all);
    for (const eventsASlice of [1, 100]) expect(await builtOf(events, 90, { eventsASlice })).toEqual(foldedOf(events));
  });
});
