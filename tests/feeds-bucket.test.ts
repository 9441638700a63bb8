import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY, MINUTE, systemClock } from '../src/base/index.ts';
import { openCell } from '../src/cell/index.ts';
import { bucketCredentials } from '../src/cli/config.ts';
import { bucketInbox } from '../src/cli/feed-bucket.ts';
import { feedRound, type Outcome } from '../src/cli/feed-round.ts';
import { openGate } from '../src/cli/gate.ts';
import { openBucket, openFeedStore, type Feed } from '../src/feeds/index.ts';
import { openLmdbLog } from '../src/log/index.ts';
import { readMapping } from '../src/mapping/index.ts';
import { testStore, type TestStore } from './support/store.ts';

const KEYS = { accessKey: 'AKIATEST', secretKey: 'secret/of+the test' };
const FEED: Feed = { name: 'erp', object: 'Invoices', file: 'erp {day}*.csv', dueHours: 0, weekdays: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'], since: 0, skip: [] };
const { objects, rates } = readMapping({ objects: { Invoices: { is: 'erp.daily', id: 'Id', fields: { amount_open: 'Open' } } } });
const today = Math.floor(Date.now() / DAY);
const iso = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

let data: string;
let store: TestStore;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'leadrank-bucket-'));
  store = await testStore({ bucket: 'our-feeds', region: 'eu-central-1', ...KEYS });
});
afterEach(async () => {
  await store.close();
  rmSync(data, { recursive: true, force: true });
});

interface Round {
  outcomes: Outcome[];
  known: { amount: unknown; knownAt: number }[];
  asked: string[];
}

async function round(change: { secretKey?: string; name?: string; region?: string } = {}): Promise<Round> {
  const { secretKey = KEYS.secretKey, ...place_ } = change;
  const signal = new AbortController().signal;
  const place = { endpoint: store.endpoint, region: 'eu-central-1', name: 'our-feeds', prefix: 'in/ä/', days: 30, ...place_ };
  const bucket = openBucket({ place, credentials: { ...KEYS, secretKey }, clock: systemClock, signal, pause: 1 });
  const cell = openCell({ dir: join(data, 'us'), region: 'us', clock: systemClock });
  const log = openLmdbLog({ path: cell.paths.log, clock: systemClock });
  store.asked.length = 0;
  try {
    const into = { cell, log, gate: openGate(cell, systemClock), clock: systemClock, objects, rates };
    const inbox = bucketInbox({ bucket, place, folder: join(data, 'copies'), clock: systemClock });
    const outcomes = await feedRound({ inbox, feeds: [FEED], store: openFeedStore(join(data, 'feeds')), into, refused: new Map(), signal });
    return { outcomes, known: [...log.read(0)].map(({ knownAt, data: { amount_open: amount } }) => ({ amount, knownAt })), asked: [...store.asked] };
  } finally {
    await log.close();
    await cell.close();
  }
}

function deliver(day: number, amount: number, at = Date.now() - MINUTE): void {
  store.put(`in/ä/erp ${iso(day)}.csv`, `Id,Open\n001A,${amount}\n001B,2\n`);
  store.put(`in/ä/erp ${iso(day)}.csv.done`, '2', at);
}

test('files of a bucket are taken once, known from when their marker was put; a later one restates its day', async () => {
  const at = Math.floor((Date.now() - 3 * MINUTE) / 1000) * 1000;
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

test('a file that is replaced while it is looked at waits for the next look', async () => {
  deliver(today - 1, 5);
  const signal = new AbortController().signal;
  const place = { endpoint: store.endpoint, region: 'eu-central-1', name: 'our-feeds', prefix: 'in/ä/', days: 30 };
  const bucket = openBucket({ place, credentials: KEYS, clock: systemClock, signal, pause: 1 });
  const [file] = await bucketInbox({ bucket, place, folder: join(data, 'copies'), clock: systemClock }).look([FEED]);
  deliver(today - 1, 6);
  await expect(file!.fetch()).rejects.toThrow(/answers 412 PreconditionFailed; it was replaced meanwhile/u);
});

test('credentials come from the environment, and one that lacks is named', () => {
  expect(bucketCredentials({ AWS_ACCESS_KEY_ID: ' a ', AWS_SECRET_ACCESS_KEY: 'b' })).toEqual({ accessKey: 'a', secretKey: 'b', token: undefined });
  expect(() => bucketCredentials({ AWS_ACCESS_KEY_ID: 'a' })).toThrow('AWS_SECRET_ACCESS_KEY: is not set, and feeds.yaml names a bucket');
});
