import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY, MINUTE } from '../src/base/index.ts';
import { openCell } from '../src/cell/index.ts';
import { bucketCredentials } from '../src/cli/config.ts';
import { bucketInbox } from '../src/cli/feed-bucket.ts';
import type { Inbox } from '../src/cli/feed-inbox.ts';
import { feedRound, type Outcome } from '../src/cli/feed-round.ts';
import { openGate } from '../src/cli/gate.ts';
import { alarmsOf, openBucket, openFeedStore, type Feed } from '../src/feeds/index.ts';
import { openLmdbLog } from '../src/log/index.ts';
import { readMapping } from '../src/mapping/index.ts';
import { testStore, type TestStore } from './support/store.ts';

const KEYS = { accessKey: 'AKIATEST', secretKey: 'secret/of+the test' };
const FEED: Feed = { name: 'erp', object: 'Invoices', file: 'erp {day}*.csv', dueHours: 0, weekdays: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'], since: 0, skip: [] };
const { objects, rates } = readMapping({ objects: { Invoices: { is: 'erp.daily', id: 'Id', fields: { amount_open: 'Open' } } } });
const NOW = Date.UTC(2026, 2, 20, 12);
const clock = (): number => NOW;
const today = Math.floor(NOW / DAY);
const iso = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

let data: string;
let store: TestStore;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'leadrank-bucket-'));
  store = await testStore({ bucket: 'our-feeds', region: 'eu-central-1', ...KEYS, clock });
});
afterEach(async () => {
  await store.close();
  rmSync(data, { recursive: true, force: true });
});

interface Round {
  outcomes: Outcome[];
  known: { amount: unknown; knownAt: number }[];
  asked: string[];
  alarms: string[];
}

interface Change {
  secretKey?: string;
  name?: string;
  region?: string;
  days?: number;
  /** What happens between the look and the reading. */
  meanwhile?: () => void;
}

/** One life of a loader. */
async function round({ secretKey = KEYS.secretKey, meanwhile, ...change }: Change = {}): Promise<Round> {
  const signal = new AbortController().signal;
  const place = { endpoint: store.endpoint, region: 'eu-central-1', name: 'our-feeds', prefix: 'in/ä/', days: 30, ...change };
  const bucket = openBucket({ place, credentials: { ...KEYS, secretKey }, clock, signal, pause: 1 });
  const cell = openCell({ dir: join(data, 'us'), region: 'us', clock });
  const log = openLmdbLog({ path: cell.paths.log, clock });
  store.asked.length = 0;
  try {
    const into = { cell, log, gate: openGate(cell, clock), clock, objects, rates };
    const found = bucketInbox({ bucket, place, folder: join(data, 'copies'), clock });
    const inbox: Inbox = { look: async (...of) => found.look(...of).finally(() => meanwhile?.()) };
    const taken = openFeedStore(join(data, 'feeds'));
    const outcomes = await feedRound({ inbox, feeds: [FEED], store: taken, into, refused: new Map(), signal });
    const alarms = alarmsOf('erp', taken.status('erp')!, NOW).flatMap(({ what, line }) => (what === 'refused' ? [line] : []));
    return { outcomes, alarms, known: [...log.read(0)].map(({ knownAt, data: { amount_open: amount } }) => ({ amount, knownAt })), asked: [...store.asked] };
  } finally {
    await log.close();
    await cell.close();
  }
}

function deliver(day: number, amount: number, at = NOW - MINUTE): void {
  store.put(`in/ä/erp ${iso(day)}.csv`, `Id,Open\n001A,${amount}\n001B,2\n`);
  store.put(`in/ä/erp ${iso(day)}.csv.done`, '2', at);
}

test('files of a bucket are taken once, known from when their marker was put; a later one restates its day', async () => {
  const at = NOW - 3 * MINUTE;
  deliver(today - 1, 5, at);
  deliver(today - 2, 7, at);
  deliver(today - 90, 9);
  store.put(`in/ä/erp ${iso(today)}.csv`, 'Id,Open\n001A,1\n');
  store.put(`in/ä/erp ${iso(today - 1)}/sub.csv`, 'x');
  const { outcomes, known } = await round();
  expect(outcomes.map(({ file, state }) => [file, state])).toEqual([[`erp ${iso(today - 2)}.csv`, 'taken'], [`erp ${iso(today - 1)}.csv`, 'taken']]);
  expect(known).toEqual([7, 2, 5, 2].map((amount) => ({ amount, knownAt: at })));
  expect(existsSync(join(data, 'copies')) ? readdirSync(join(data, 'copies')) : []).toEqual([]);

  const again = await round();
  expect([again.outcomes, again.known.length]).toEqual([[], 4]);
  expect(again.asked.every((what) => what.startsWith('list in/ä/erp  after'))).toBe(true); // nothing is read again
  expect(again.asked[0]).toBe(`list in/ä/erp  after in/ä/erp ${iso(today - 30).slice(0, -1)}`);

  deliver(today - 1, 6);
  expect(await round()).toMatchObject({ outcomes: [{ state: 'taken', revision: 2 }], known: { length: 6 } });
});

test('a store that stumbles is asked again; one that goes on is named', async () => {
  deliver(today - 1, 5);
  store.fail(2, 503);
  expect(await round()).toMatchObject({ outcomes: [{ state: 'taken' }] });
  store.fail(3, 503);
  await expect(round()).rejects.toThrow('s3://our-feeds/: answers 503 SlowDown; try again later');
});

test.each([
  ['credentials', { secretKey: 'other' }, /s3:\/\/our-feeds\/: answers 403 SignatureDoesNotMatch; check AWS_ACCESS_KEY_ID/u],
  ['a bucket', { name: 'no-feeds' }, /s3:\/\/no-feeds\/: answers 404 NoSuchBucket; check bucket\.name/u],
])('%s that do not fit are one clear line', async (_name, change, message) => {
  await expect(round(change)).rejects.toThrow(message);
});

const file = (day: number): string => `in/ä/erp ${iso(day)}.csv`;

test.each([
  ['is replaced', () => deliver(today - 1, 6), /^6$/u],
  ['is removed', () => store.remove(file(today - 1)), null],
  ['loses its marker', () => store.remove(`${file(today - 1)}.done`), null],
])('a file that %s while it is looked at is told, waits for the next look, and holds up no other', async (_name, meanwhile, next) => {
  deliver(today - 1, 5);
  deliver(today, 8);
  const { outcomes, known, alarms } = await round({ meanwhile });
  expect(outcomes.map(({ state }) => state)).toEqual(['changed', 'taken']);
  expect([known.map(({ amount }) => amount), alarms]).toEqual([[8, 2], []]);
  expect((await round()).outcomes).toEqual(next === null ? [] : [expect.objectContaining({ state: 'taken', revision: 1 })]);
});

test('a file that alone may not be read is refused, and holds up no other', async () => {
  deliver(today - 1, 5);
  deliver(today, 8);
  store.forbid(file(today - 1));
  const { outcomes, alarms } = await round();
  expect(outcomes).toMatchObject([{ state: 'refused', reason: expect.stringMatching(/answers 403 AccessDenied; let AWS_ACCESS_KEY_ID read it/u) }, { state: 'taken' }]);
  expect(alarms).toHaveLength(1);
});

test('a refused file stays so however old it becomes, until it is put right or taken away', async () => {
  const day = today - 9;
  deliver(day, 5);
  store.put(`${file(day)}.done`, '7', NOW - MINUTE);
  const first = await round();
  expect([first.outcomes, first.alarms]).toMatchObject([[{ state: 'refused' }], [expect.stringContaining('7')]]);
  const old = { days: 3 };
  expect((await round(old)).alarms).toHaveLength(1);
  deliver(day - 1, 5); // another of its age is not looked for
  deliver(day, 5);
  expect(await round(old)).toMatchObject({ outcomes: [{ state: 'taken', day: iso(day) }], alarms: [] });

  deliver(day, 6);
  store.put(`${file(day)}.done`, '7', NOW - MINUTE);
  await round();
  store.remove(file(day));
  expect((await round(old)).alarms).toEqual([]);
});

test('credentials come from the environment, and one that lacks is named', () => {
  expect(bucketCredentials({ AWS_ACCESS_KEY_ID: ' a ', AWS_SECRET_ACCESS_KEY: 'b' })).toEqual({ accessKey: 'a', secretKey: 'b', token: undefined });
  expect(() => bucketCredentials({ AWS_ACCESS_KEY_ID: 'a' })).toThrow('AWS_SECRET_ACCESS_KEY: is not set, and feeds.yaml names a bucket');
});
