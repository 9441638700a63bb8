import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../src/base/index.ts';
import { openCell } from '../src/cell/index.ts';
import { folderInbox } from '../src/cli/feed-folder.ts';
import type { Inbox } from '../src/cli/feed-inbox.ts';
import { feedRound, type Outcome } from '../src/cli/feed-round.ts';
import { feedAlarms, feedFolder, watchFeeds } from '../src/cli/feed-watch.ts';
import { openGate } from '../src/cli/gate.ts';
import { openFeedStore, type Feed } from '../src/feeds/index.ts';
import { openLmdbLog, type Log } from '../src/log/index.ts';
import { readMapping } from '../src/mapping/index.ts';
import { createMetrics } from '../src/serve/index.ts';

const FEED: Feed = { name: 'erp', object: 'Invoices', file: 'erp-{day}*.csv', dueHours: 0, weekdays: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'], since: 0, skip: [] };
const { objects, rates } = readMapping({ objects: { Invoices: { is: 'erp.daily', id: 'Id', fields: { amount_open: 'Open' } } } });
const today = Math.floor(Date.now() / DAY);
const iso = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

let [data, inbox] = ['', ''];
/** What the clock of the loader is ahead, ms. */
let ahead = 0;
beforeEach(() => {
  [data, inbox] = [mkdtempSync(join(tmpdir(), 'leadrank-feeds-')), mkdtempSync(join(tmpdir(), 'leadrank-inbox-'))];
  ahead = 0;
});
afterEach(() => [data, inbox].forEach((dir) => rmSync(dir, { recursive: true, force: true })));

function deliver(file: string, rows: readonly (readonly [string, string | number])[], stated: string | null = String(rows.length)): void {
  writeFileSync(join(inbox, file), ['Id,Open', ...rows.map((row) => row.join(',')), ''].join('\n'));
  if (stated !== null) writeFileSync(join(inbox, `${file}.done`), stated);
}

interface Round {
  outcomes: Outcome[];
  /** What the log holds, repetitions left out. */
  events: { id: string; amount: unknown; knownAt: number; available: unknown; restates: unknown }[];
  appended: number;
}

/** One life of a loader. `wrap` may disturb its log, `meanwhile` happens between its look and its reading. */
async function round({ feed = FEED, wrap = (log: Log) => log, meanwhile = () => {}, signal = new AbortController().signal } = {}): Promise<Round> {
  const clock = (): number => Date.now() + ahead;
  const cell = openCell({ dir: join(data, 'us'), region: 'us', clock });
  const log = openLmdbLog({ path: cell.paths.log, clock });
  try {
    const into = { cell, log: wrap(log), gate: openGate(cell, clock), clock, objects, rates };
    const folder: Inbox = { look: async (...of) => folderInbox(inbox).look(...of).finally(meanwhile) };
    const outcomes = await feedRound({ inbox: folder, feeds: [feed], store: openFeedStore(feedFolder(cell.dir)), into, refused: new Map(), signal, batch: 1_000 });
    return { outcomes, ...eventsOf(log) };
  } finally {
    await log.close();
    await cell.close();
  }
}

function eventsOf(log: Log): Pick<Round, 'events' | 'appended'> {
  const all = [...log.read(0)];
  const once = new Map(all.map((event) => [event.id, event]));
  const events = [...once.values()].map(({ id, knownAt, data: { amount_open: amount, available, restates } }) => ({ id, amount, knownAt, available, restates }));
  return { events, appended: all.length };
}

const many = (count: number): [string, number][] => Array.from({ length: count }, (_, i) => [`001-${i}`, i]);

describe('a file of a feed', () => {
  test('is taken once, known from when its marker came, and listed where a row is refused', async () => {
    deliver(`erp-${iso(today - 1)}.csv`, [['001A', 5], ['001B', 'x'], ['001C', 7]]);
    const { outcomes, events } = await round();
    expect(outcomes).toMatchObject([{ state: 'taken', revision: 1, rows: 3, rejected: 1 }]);
    expect(events.map(({ amount }) => amount)).toEqual([5, 7]);
    for (const { knownAt, available } of events) expect(knownAt).toBe(available);
    expect(events[0]!.knownAt).toBe(Math.trunc(statSync(join(inbox, `erp-${iso(today - 1)}.csv.done`)).ctimeMs));
    const rejects = readFileSync(openFeedStore(feedFolder(join(data, 'us'))).rejects('erp', today - 1, 1), 'utf8');
    expect(rejects).toMatch(/^row,code,reason\n2,wrong-field,/u);
    expect(await round()).toMatchObject({ outcomes: [], appended: 2 });
  });

  test('may be Parquet', async () => {
    const file = `erp-${iso(today - 1)}.csv`; // the bytes say what it is, not the name
    const columnData = [{ name: 'Id', data: ['001A', '001B'], type: 'STRING' as const }, { name: 'Open', data: [5, 6.5], type: 'DOUBLE' as const }];
    writeFileSync(join(inbox, file), Buffer.from(parquetWriteBuffer({ columnData })));
    writeFileSync(join(inbox, `${file}.done`), '2');
    const { outcomes, events } = await round();
    expect(outcomes).toMatchObject([{ state: 'taken', rows: 2, rejected: 0 }]);
    expect(events.map(({ amount }) => amount)).toEqual([5, 6.5]);
  });

  test('is not touched before it is marked, and not taken before it is whole', async () => {
    const file = `erp-${iso(today - 1)}.csv`;
    deliver(file, [['001A', 5]], null);
    expect(await round()).toMatchObject({ outcomes: [], appended: 0 });
    deliver(file, [['001A', 5]], '2');
    expect((await round()).outcomes).toMatchObject([{ state: 'refused', reason: expect.stringContaining('it has 1 rows where its marker states 2') }]);
    deliver(file, [['001A', 5]], '');
    expect((await round()).outcomes).toMatchObject([{ state: 'refused', reason: expect.stringContaining('does not hold the count') }]);
    deliver(file, [['001A', 5], ['001B', 6]]);
    expect(await round()).toMatchObject({ outcomes: [{ state: 'taken', revision: 1 }], appended: 2 });
  });

  test('restates its day where its rows differ, also back to what they were', async () => {
    const file = `erp-${iso(today - 1)}.csv`;
    const amounts: unknown[] = [];
    for (const [i, amount] of [5, 6, 6, 5].entries()) {
      deliver(i === 1 ? `erp-${iso(today - 1)}.r2.csv` : file, [['001A', amount]]);
      const { outcomes, events } = await round();
      amounts.push([outcomes[0]!.state, outcomes[0]!.revision, events.at(-1)!.amount, events.at(-1)!.restates]);
      ahead += 2 * MINUTE;
    }
    expect(amounts).toEqual([['taken', 1, 5, undefined], ['taken', 2, 6, true], ['unchanged', 2, 6, true], ['taken', 3, 5, true]]);
    const { events } = await round();
    const known = events.map(({ knownAt }) => Math.floor(knownAt / MINUTE));
    expect(new Set(known).size).toBe(3);
    expect(known).toEqual(known.toSorted((a, b) => a - b));
  });

  test('waits where it restates its day within the minute', async () => {
    deliver(`erp-${iso(today - 1)}.csv`, [['001A', 5]]);
    await round();
    deliver(`erp-${iso(today - 1)}.csv`, [['001A', 6]]);
    expect(await round()).toMatchObject({ outcomes: [{ state: 'waiting' }], appended: 1 });
  });

  test('goes on after a restart, wherever the loader died', async () => {
    deliver(`erp-${iso(today - 1)}.csv`, [...many(2_500), ['001X', 'x']]);
    for (const [at, before] of [[0, 'before'], [1, 'after'], [0, 'after'], [0, 'before']] as const) {
      let batch = 0;
      const wrap = (log: Log): Log => ({
        ...log,
        async append(events, stamp) {
          const dies = batch++ === at;
          if (dies && before === 'before') throw new Error('dies');
          const offsets = await log.append(events, stamp);
          if (dies) throw new Error('dies');
          return offsets;
        },
      });
      await expect(round({ wrap })).rejects.toThrow('dies');
    }
    const { outcomes, events } = await round();
    expect(outcomes).toMatchObject([{ state: 'taken', revision: 1, rejected: 1 }]);
    expect(events.map(({ amount }) => amount).toSorted((a, b) => Number(a) - Number(b))).toEqual(many(2_500).map(([, amount]) => amount));
    const rejects = readFileSync(openFeedStore(feedFolder(join(data, 'us'))).rejects('erp', today - 1, 1), 'utf8');
    expect(rejects.trim().split('\n')).toHaveLength(2);
  });

  test('goes on after Ctrl-C, and changes nothing twice where what was taken is forgotten', async () => {
    deliver(`erp-${iso(today - 1)}.csv`, many(2_500));
    const interrupt = new AbortController();
    const wrap = (log: Log): Log => ({ ...log, append: async (events, stamp) => (interrupt.abort(), log.append(events, stamp)) });
    expect(await round({ wrap, signal: interrupt.signal })).toMatchObject({ outcomes: [{ state: 'interrupted' }], appended: 1_000 });
    expect(await round()).toMatchObject({ outcomes: [{ state: 'taken' }], appended: 2_500 });
    rmSync(feedFolder(join(data, 'us')), { recursive: true });
    const { events, appended } = await round();
    expect([events.length, appended]).toEqual([2_500, 5_000]);
  });

  test.each([
    ['lacks a column', 'Id,Opened\n1,2\n', 'column "Open": is not in the file'],
    ['is ragged', 'Id,Open\n1\n', 'the row has 1 fields where the header has 2'],
    ['has no row that passes', 'Id,Open\n1,x\n', 'none of its 1 rows passed'],
  ])('that %s is refused as a whole', async (_name, content, words) => {
    const file = `erp-${iso(today - 1)}.csv`;
    writeFileSync(join(inbox, file), content);
    writeFileSync(join(inbox, `${file}.done`), '1');
    expect(await round()).toMatchObject({ outcomes: [{ state: 'refused', reason: expect.stringContaining(words) }], appended: 0 });
    rmSync(join(inbox, `${file}.done`));
    await round({ feed: { ...FEED, since: today - 1 } });
    expect(feedAlarms(join(data, 'us'), Date.now()).alarms).toEqual([{ what: 'outstanding', line: expect.stringContaining(`the file of ${iso(today - 1)} is late`) }]);
    deliver(file, [['1', 2]]);
    expect((await round()).outcomes).toMatchObject([{ state: 'taken', revision: 1 }]);
  });

  test.each(['', '.done'])('that is taken away while it is looked at is told, and holds up no other (%s)', async (mark) => {
    const file = `erp-${iso(today - 2)}.csv`;
    deliver(file, [['001A', 5]]);
    deliver(`erp-${iso(today - 1)}.csv`, [['001B', 6]]);
    const { outcomes, events } = await round({ meanwhile: () => rmSync(join(inbox, file + mark)) });
    expect(outcomes).toMatchObject([{ state: 'changed', reason: expect.stringContaining('removed') }, { state: 'taken' }]);
    expect(events.map(({ amount }) => amount)).toEqual([6]);
  });

  test('may say that its day has no rows', async () => {
    deliver(`erp-${iso(today - 1)}.csv`, []);
    expect(await round({ feed: { ...FEED, since: today - 1 } })).toMatchObject({ outcomes: [{ state: 'taken', rows: 0 }], appended: 0 });
    expect(feedAlarms(join(data, 'us'), Date.now())).toEqual({ feeds: 1, alarms: [] });
  });
});

test('a feed that is declared no more is watched no more, and what was taken of it stays known', async () => {
  deliver(`erp-${iso(today - 1)}.csv`, [['001A', 5]]);
  const erp = { ...FEED, since: today - 9 };
  await round({ feed: erp });
  expect(feedAlarms(join(data, 'us'), Date.now()).alarms.length).toBeGreaterThan(0);
  await round({ feed: { ...FEED, name: 'other', file: 'x{day}', since: today } });
  expect(feedAlarms(join(data, 'us'), Date.now())).toEqual({ feeds: 1, alarms: [] });
  expect(await round({ feed: erp })).toMatchObject({ outcomes: [], appended: 1 });
});

test('late and missing days stand at /metrics, whether the loader lives or not', async () => {
  deliver(`erp-${iso(today - 3)}.csv`, [['001A', 5], ['001B', 'x']]);
  await round({ feed: { ...FEED, since: today - 3 } });
  const { registry } = createMetrics();
  watchFeeds(registry, join(data, 'us'), () => today * DAY);
  const text = await registry.metrics();
  for (const line of ['late_days{feed="erp"} 1', 'missing_days{feed="erp"} 1', 'refused_files{feed="erp"} 0', 'rejected_rows{feed="erp"} 1', `newest_day_timestamp_seconds{feed="erp"} ${(today - 2) * 86_400}`]) {
    expect(text).toContain(`leadrank_feed_${line}`);
  }
  writeFileSync(join(feedFolder(join(data, 'us')), 'erp', 'status.json'), '{');
  expect(await registry.metrics()).toContain('# TYPE leadrank_feed_late_days gauge'); // what is broken there takes no other metric away
});

