import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../base/index.ts';
import { readMapping } from '../mapping/index.ts';
import { dayOf, isoDay, weekdayOf } from './day.ts';
import { readFeeds } from './declaration.ts';
import { enter, isDelivered, NOTHING, withFile, withRefused, type DayRecord } from './delivery.ts';
import { fileDay, statedRows } from './file-day.ts';
import { outstanding } from './outstanding.ts';
import { createFeedRows } from './rows.ts';
import { alarmsOf, statusOf } from './status.ts';

const MONDAY = dayOf('2026-03-02')!;
const erp = { object: 'Invoices', file: 'erp-{day}*.csv' };

describe('a day', () => {
  it('is what it is written as, with hyphens or without', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 40_000 }), (day) => {
      expect([dayOf(isoDay(day)), dayOf(isoDay(day).replaceAll('-', ''))]).toEqual([day, day]);
    }));
    expect([dayOf('2026-02-30'), dayOf('2026-3-1'), dayOf('1 March')]).toEqual([undefined, undefined, undefined]);
    expect(weekdayOf(MONDAY)).toBe('mon');
  });
});

describe('a file', () => {
  it.each([
    ['erp-{day}*.csv', 'erp-2026-03-02.csv', MONDAY],
    ['erp-{day}*.csv', 'erp-20260302.r2.csv', MONDAY],
    ['erp-{day}*.csv', 'erp-2026-02-30.csv', undefined],
    ['erp-{day}*.csv', 'xerp-2026-03-02.csv', undefined],
    ['erp-{day}*', 'erp-2026-03-02.csv.done', undefined],
    ['a(b)+{day}', 'a(b)+20260302', MONDAY],
  ])('%s, %s', (pattern, name, day) => expect(fileDay(pattern, name)).toBe(day));

  it('is complete with the count of its rows', () => {
    expect(['12', ' 0\n', '', 'x', '1.5', '-1'].map(statedRows)).toEqual([12, 0, undefined, undefined, undefined, undefined]);
  });
});

describe('what is outstanding', () => {
  const expected = { since: MONDAY, dueHours: 6, weekdays: ['mon', 'tue'] as const, skip: [MONDAY + 7] };
  it('is late when it was due, missing a day later, and neither when it was delivered, skipped or has no file', () => {
    const at = (now: number, ...delivered: number[]) => outstanding(expected, new Set(delivered), now).map(({ day, state }) => [day - MONDAY, state]);
    const due = (MONDAY + 1) * DAY + 6 * HOUR;
    expect(at(due - 1)).toEqual([]);
    expect(at(due)).toEqual([[0, 'late']]);
    expect(at(due, MONDAY)).toEqual([]);
    expect(at(due + DAY)).toEqual([[0, 'missing'], [1, 'late']]);
    expect(at(due + 9 * DAY, MONDAY, MONDAY + 1)).toEqual([[8, 'missing']]);
  });
});

describe('a delivery', () => {
  const found = (file: string, hash: string, complete = 1_000, print = hash) => ({ file, hash, print, complete, rows: 1 });
  /** Enters a file and takes it to the end. */
  const deliver = (record: DayRecord, one: ReturnType<typeof found>): DayRecord => {
    const { record: entered, take } = enter(record, one);
    return take === null ? entered : withFile(entered, one.file, { ...take, state: 'taken' });
  };

  it('is a new revision exactly where the day holds other bytes', () => {
    const files = fc.array(fc.record({ file: fc.constantFrom('a', 'b'), hash: fc.constantFrom('x', 'y', 'z') }), { maxLength: 12 });
    fc.assert(fc.property(files, (deliveries) => {
      const last = new Map<string, string>();
      let [record, revision, holds] = [NOTHING, 0, ''];
      for (const { file, hash } of deliveries) {
        record = deliver(record, found(file, hash));
        if (last.get(file) !== hash && holds !== hash) [revision, holds] = [revision + 1, hash];
        last.set(file, hash);
        expect([record.revision, record.hash]).toEqual([revision, holds]);
      }
    }));
  });

  it('goes on where it stood, as the revision that it was; one that changed meanwhile is a new one', () => {
    const { record, take } = enter(NOTHING, found('a', 'x'));
    const half = withFile(record, 'a', { ...take!, next: 1_000 });
    expect(enter(half, found('a', 'x', 9_999, 'touched')).take).toMatchObject({ revision: 1, complete: 1_000, next: 1_000 });
    expect(enter(half, found('a', 'y')).take).toMatchObject({ revision: 2, next: 0 });
    expect(isDelivered(half)).toBe(false);
  });

  it('restates from a later minute on, whatever the clocks say', () => {
    expect(enter(deliver(NOTHING, found('a', 'x', 1_000)), found('b', 'y', 1_001)).take!.complete).toBe(1_000 + MINUTE);
  });

  it('that was refused can be taken later', () => {
    const refused = withRefused(NOTHING, 'a', 'p', 'too short');
    expect(isDelivered(refused)).toBe(false);
    const status = (record: DayRecord) => alarmsOf('erp', statusOf({ since: MONDAY, dueHours: 0, weekdays: ['mon'], skip: [] }, [[MONDAY, record]]), (MONDAY + 1) * DAY).map(({ what, line }) => [what, line]);
    expect(status(refused)).toEqual([
      ['outstanding', 'feed erp: the file of 2026-03-02 is late, it was due 2026-03-03T00:00Z'], ['refused', 'feed erp: a was not taken: too short'],
    ]);
    expect(status(deliver(refused, found('a', 'x')))).toEqual([]);
  });
});

describe('a row', () => {
  const { objects, rates } = readMapping({ objects: { Invoices: { is: 'erp.daily', id: 'Id', fields: { amount_open: 'Open' } } } });
  const told = (change: object, row: string[] = ['001A', '5']) => {
    const options = { feed: 'erp', object: objects['Invoices']!, rates, header: ['Id', 'Open'], day: MONDAY, revision: 1, complete: MONDAY * DAY, ...change };
    const result = createFeedRows(options)(row);
    if (!('event' in result)) throw new Error(result.message);
    return result.event as { id: string; source: string; data: object };
  };

  it('is known from when its file was complete, and has the day of the file', () => {
    expect(told({})).toMatchObject({ type: 'erp.daily', source: 'feed/erp', subject: '001A', data: { day: '2026-03-02', available: '2026-03-02T00:00:00.000Z', amount_open: 5 } });
    expect(told({ revision: 2 }).data).toMatchObject({ restates: true });
  });

  it('has one id by feed, day, revision, key and content, whenever it was complete', () => {
    const { id } = told({});
    expect(told({ complete: 5 }).id).toBe(id);
    const others = [told({ feed: 'b' }), told({ day: MONDAY + 1 }), told({ revision: 2 }), told({}, ['001B', '5']), told({}, ['001A', '6'])];
    expect(new Set([id, ...others.map((other) => other.id)]).size).toBe(6);
  });

  it('may tell of an earlier day, not of a later one', () => {
    const dated = readMapping({ objects: { I: { is: 'erp.daily', id: 'Id', fields: { day: 'Day' } } } }).objects['I']!;
    const rows = createFeedRows({ feed: 'erp', object: dated, rates, header: ['Id', 'Day'], day: MONDAY, revision: 1, complete: 0 });
    expect(rows(['1', '2026-03-01'])).toMatchObject({ event: { data: { day: '2026-03-01' } } });
    expect(rows(['1', '2026-03-03'])).toMatchObject({ code: 'later-day' });
  });
});

describe('a declaration', () => {
  it('has defaults', () => {
    expect(readFeeds({ mapping: 'm.yaml', feeds: { erp } }).feeds[0]).toMatchObject({ name: 'erp', dueHours: 12, since: null, skip: [] });
  });
  it.each([
    ['no mapping', { feeds: { erp } }, /mapping: nothing: is a text/u],
    ['no feed', { mapping: 'm', feeds: {} }, /declares no feed/u],
    ['no day in the name', { mapping: 'm', feeds: { erp: { ...erp, file: 'erp.csv' } } }, /does not say once where the day stands; write it like/u],
    ['another folder', { mapping: 'm', feeds: { erp: { ...erp, file: '../{day}' } } }, /names another folder/u],
    ['the markers', { mapping: 'm', feeds: { erp: { ...erp, file: '{day}.done' } } }, /names no data file/u],
    ['a day that is none', { mapping: 'm', feeds: { erp: { ...erp, since: '2026-02-30' } } }, /feeds\.erp\.since: "2026-02-30": is no day/u],
    ['an unknown weekday', { mapping: 'm', feeds: { erp: { ...erp, weekdays: ['monday'] } } }, /"monday": is not known here; use sun/u],
    ['a bucket without encryption', { mapping: 'm', bucket: { endpoint: 'http://s3.example', region: 'r', name: 'our-feeds' }, feeds: { erp } }, /bucket\.endpoint: "http:\/\/s3\.example": is not encrypted; use https/u],
    ['a bucket with a path', { mapping: 'm', bucket: { endpoint: 'https://s3.example/x', region: 'r', name: 'our-feeds' }, feeds: { erp } }, /is no address of a store/u],
    ['a bucket as an address', { mapping: 'm', bucket: { endpoint: 'https://s3.example', region: 'r', name: 's3://our-feeds' }, feeds: { erp } }, /bucket\.name: "s3:\/\/our-feeds": is no name of a bucket/u],
    ['an unknown entry', { mapping: 'm', feeds: { erp: { ...erp, dew: 1 } } }, /"dew": is not known here/u],
    ['a path as its name', { mapping: 'm', feeds: { '../x': erp } }, /is not 1 to 40 lower-case letters/u],
  ])('is refused: %s', (_name, value, message) => expect(() => readFeeds(value)).toThrow(message));
});
