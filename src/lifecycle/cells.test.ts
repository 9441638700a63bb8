import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { DAY, HOUR } from '../base/index.ts';
import { datePart, parseAnyDate, parseDate } from './dates.ts';
import { inferColumn } from './infer.ts';
import { MISSING_MARKERS } from './missing.ts';
import { parseNumber } from './numbers.ts';
import { rawColumn } from './testing.ts';

const isMissing = (text: string): boolean => MISSING_MARKERS.includes(text.toLowerCase());

describe('numbers', () => {
  test('any number is read back from its decimal text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(parseNumber(String(number), '.')).toBe(number + 0); // -0 is written 0
      }),
    );
  });
  test('either mark, grouped thousands, currency and percent', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 99 }), (units, cents) => {
        const number = Number(`${units}.${String(cents).padStart(2, '0')}`);
        const english = new Intl.NumberFormat('en', { minimumFractionDigits: 2 }).format(number);
        const german = new Intl.NumberFormat('de', { minimumFractionDigits: 2 }).format(number);
        expect(parseNumber(english, '.')).toBe(number);
        expect(parseNumber(german, ',')).toBe(number);
      }),
    );
    expect(['$1,200.50', 'EUR 3', '45%', '(7)', '-€5', '12 €'].map((cell) => parseNumber(cell, '.'))).toEqual([
      1200.5, 3, 45, -7, -5, 12,
    ]);
  });
  test('what is no number is none', () => {
    for (const cell of ['', 'abc', '1,2', '1,2345', '12px', '1e', '--1', 'Infinity', '0x10', '1 2']) {
      expect(parseNumber(cell, '.'), cell).toBeNull();
    }
  });
});

describe('dates', () => {
  test('an instant is read back from ISO text, in whole days from any order', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1800-01-01'), max: new Date('2200-12-31'), noInvalidDate: true }),
        (date) => {
          const [year, month, day] = date.toISOString().slice(0, 10).split('-') as [string, string, string];
          const midnight = Math.floor(date.getTime() / DAY) * DAY;
          expect(parseDate(date.toISOString(), 'ymd')).toBe(date.getTime());
          expect(parseDate(`${day}.${month}.${year}`, 'dmy')).toBe(midnight);
          expect(parseDate(`${month}/${day}/${year}`, 'mdy')).toBe(midnight);
        },
      ),
    );
  });
  test('times of day, halves and zones', () => {
    const noon = Date.UTC(2024, 0, 31, 12);
    for (const cell of [
      '2024-01-31 12:00',
      '2024-01-31T14:00:00+02:00',
      '2024-01-31T12:00:00.000Z',
      '2024/1/31 12:00 PM',
    ]) {
      expect(parseDate(cell, 'ymd'), cell).toBe(noon);
    }
  });
  test('what is no date is none', () => {
    for (const cell of ['2024-02-30', '31/12', '2024-13-01', '2024-01-31 25:00', '24-01-31', '2024-01/31', 'May']) {
      expect(parseDate(cell, 'ymd'), cell).toBeNull();
    }
    expect([parseAnyDate('03/04/2024'), parseAnyDate('31/04/2024'), parseAnyDate('30/04/2024')]).toEqual([
      null,
      null,
      Date.UTC(2024, 3, 30),
    ]);
  });
  test('age counts in days to the moment of the row', () => {
    const at = Date.UTC(2024, 0, 30, 6);
    expect(datePart(at, 'age', at + 36 * HOUR)).toBe(1.5);
    expect([datePart(at, 'weekday', 0), datePart(at, 'month', 0), datePart(at, 'hour', 0)]).toEqual([2, 1, 6]);
  });
});

describe('what a column is', () => {
  it.each<[string, string[], unknown]>([
    ['numbers with markers', ['1', '2.5', '', 'Select', 'N/A'], { kind: 'numeric', decimal: '.' }],
    ['decimal commas', ['1,5', '2,25'], { kind: 'numeric', decimal: ',' }],
    ['codes with leading zeros', ['01234', '99999'], { kind: 'categorical' }],
    [
      'dates, day first',
      ['31/01/2024', '01/02/2024'],
      { kind: 'date', order: 'dmy', parts: ['age', 'weekday', 'month'] },
    ],
    ['timed dates', ['2024-01-31 10:00'], { kind: 'date', order: 'ymd', parts: ['age', 'weekday', 'month', 'hour'] }],
    ['words', ['yes', 'no', '1'], { kind: 'categorical' }],
  ])('%s', (_name, cells, column) => {
    expect(inferColumn(rawColumn('x', cells), isMissing).column).toMatchObject(column as object);
  });
  test('one stray word in hundreds of numbers is told, not obeyed', () => {
    const found = inferColumn(rawColumn('x', [...Array.from({ length: 300 }, (_, i) => String(i)), 'tbd']), isMissing);
    expect(found).toMatchObject({ column: { kind: 'numeric' }, unreadable: 1, filled: 301 });
  });
  test('dates that could be read in two ways are month first, and said to be', () => {
    expect(inferColumn(rawColumn('x', ['01/02/2024', '03/04/2024']), isMissing)).toMatchObject({
      column: { kind: 'date', order: 'mdy' },
      ambiguous: true,
    });
  });
});
