import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../base/index.ts';
import { ZONES } from '../../features/index.ts';
import { parsePolicy } from '../policy.ts';
import { calendarOf, NOBODY, type Calendar, type RepFacts } from './calendar.ts';
import { instantOf, wallClock, weekdayOf } from './wall.ts';
import { workingTime } from './working-time.ts';

const { calendars } = parsePolicy({
  version: 1,
  calendars: {
    germany: { zone: 'Europe/Berlin', hours: { mon: ['9:00-12:30', '13:30-17:30'], tue: ['9:00-17:00'], sun: ['1:30-3:30'] }, holidays: ['2026-03-03'], teams: ['dach'] },
    never: { hours: { mon: ['9:00-9:01'] }, holidays: Array.from({ length: 2_000 }, (_, n) => new Date(Date.UTC(2023, 0, 1) + n * DAY).toISOString().slice(0, 10)), teams: ['gone'] },
  },
});
const calendar = (over: Partial<RepFacts> = {}): Calendar => calendarOf(calendars, { ...NOBODY, ...over });
const at = (time: string): number => Date.parse(`${time}Z`);
const work = (now: string, over: Partial<RepFacts> = {}, most = 40 * HOUR): ReturnType<typeof workingTime> =>
  workingTime(calendar(over), at(now), { most, awayUntil: over.awayUntil ?? null });

describe('the wall clock', () => {
  const instants = fc.integer({ min: at('2020-01-01T00:00'), max: at('2035-01-01T00:00') });

  test('is that of Intl, wherever and whenever', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES.keys()), instants, (zone, time) => {
        const { day, minute } = wallClock(zone, time);
        const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(time);
        expect(new Date(day * DAY + minute * MINUTE).toISOString().slice(0, 16).replace('T', ' ')).toBe(parts);
      }),
    );
  });

  test('what it shows leads back to the instant, save for the hour that it shows twice', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES.keys()), instants, (zone, time) => {
        const minute = Math.floor(time / MINUTE) * MINUTE;
        const shown = wallClock(zone, minute);
        const back = instantOf(zone, shown.day, shown.minute);
        expect([minute, minute - HOUR]).toContain(back);
        expect(wallClock(zone, back)).toEqual(shown);
      }),
    );
  });

  test.each([
    ['leapt over', 'Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30'],
    ['shown twice', 'Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30'],
    ['after the change', 'America/New_York', '2026-03-08T09:00', '2026-03-08T13:00'],
    ['of a zone that nobody knows', 'Mars/Olympus', '2026-03-08T09:00', '2026-03-08T09:00'],
  ])('a time that is %s', (_name, zone, shown, instant) => {
    const local = at(shown);
    const day = Math.floor(local / DAY);
    expect(instantOf(zone, day, (local - day * DAY) / MINUTE)).toBe(at(instant));
  });

  test('the week begins on Monday', () => {
    expect([at('2026-03-02T00:00'), at('1969-12-29T00:00')].map((time) => weekdayOf(time / DAY))).toEqual([0, 0]);
  });
});

describe('working time', () => {
  test('is what lies inside the openings, counted minute by minute', () => {
    const around = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'].map((change) => at(`${change}T00:00`)); // the clocks change in the EU, the USA, Australia
    const moments = fc.oneof(fc.integer({ min: at('2026-02-20T00:00'), max: at('2026-04-20T00:00') }), fc.tuple(fc.constantFrom(...around), fc.integer({ min: -12 * HOUR, max: 5 * DAY })).map(([change, after]) => change + after));
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 4 * 24 * 60 }), fc.constantFrom('dach', 'none'), fc.constantFrom(null, 'America/New_York', 'Australia/Sydney'), (now, minutes, team, zone) => {
        const it = calendar({ team, zone });
        const [end, since] = [Math.floor(now / MINUTE) * MINUTE, (Math.floor(now / MINUTE) - minutes) * MINUTE];
        let open = 0;
        for (let time = since; time < end; time += MINUTE)
          if (it.openings(wallClock(it.zone, time).day).some(([from, to]) => from <= time && time < to)) open += MINUTE;
        const found = workingTime(it, end, { most: 100 * HOUR, awayUntil: null });
        expect(found.since(since)).toBe(open);
        let left = 0;
        for (let time = end; wallClock(it.zone, time).day === found.day; time += MINUTE)
          if (it.openings(found.day).some(([from, to]) => from <= time && time < to)) left += MINUTE;
        expect(found.leftToday).toBe(left);
      }),
      { numRuns: 120 },
    );
  });

  test('by the team’s calendar, else the standard one, in the rep’s zone where it is known', () => {
    expect(calendar({ team: 'dach' }).zone).toBe('Europe/Berlin');
    expect(calendar({ team: 'dach', zone: 'Europe/London' }).zone).toBe('Europe/London');
    expect(calendar({ team: 'dach', zone: 'Mars/Olympus' }).zone).toBe('Europe/Berlin');
    expect([calendar().zone, calendar({ zone: 'Mars/Olympus' }).zone]).toEqual(['UTC', 'UTC']);
    expect(work('2026-03-02T12:00', { team: 'dach' }).leftToday).toBe(4 * HOUR); // 13:00 in Berlin, at lunch
    expect(work('2026-03-02T12:00').leftToday).toBe(5.5 * HOUR);
  });

  test('rests on free days and holidays, and while away', () => {
    expect(work('2026-03-03T10:00', { team: 'dach' })).toMatchObject({ leftToday: 0, opens: at('2026-03-08T00:30') });
    expect(work('2026-03-07T10:00')).toMatchObject({ leftToday: 0, opens: at('2026-03-09T09:00') });
    expect(work('2026-03-02T10:00', { awayUntil: at('2026-03-02T15:30') })).toMatchObject({ leftToday: 2 * HOUR, opens: at('2026-03-02T15:30') });
    expect(work('2026-03-02T10:00', { awayUntil: at('2026-03-04T00:00') })).toMatchObject({ leftToday: 0, opens: at('2026-03-04T09:00') });
    expect(work('2026-03-02T10:00').opens).toBe(at('2026-03-02T10:00'));
  });

  test('an hour that the clocks leap over is not worked, one that they show twice is', () => {
    expect(calendar({ team: 'dach' }).openings(at('2026-03-29T00:00') / DAY)).toEqual([[at('2026-03-29T00:30'), at('2026-03-29T01:30')]]);
    expect(calendar({ team: 'dach' }).openings(at('2026-10-25T00:00') / DAY)).toEqual([[at('2026-10-24T23:30'), at('2026-10-25T02:30')]]);
  });

  test('beyond what was asked for is for ever', () => {
    const { since } = work('2026-03-06T17:30', {}, 8 * HOUR);
    expect(since(at('2026-03-06T09:30'))).toBe(8 * HOUR);
    expect(since(at('2026-03-06T09:29'))).toBe(Infinity);
    expect(since(at('2026-03-09T00:00'))).toBe(0);
  });

  test('a calendar that is never open stands still: the clock on the wall counts', () => {
    const it = work('2026-03-02T10:00', { team: 'gone' });
    expect(it).toMatchObject({ leftToday: 0, opens: null });
    expect(it.since(at('2026-03-01T09:00'))).toBe(25 * HOUR);
  });
});
