import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, MINUTE } from '../base/index.ts';
import { ZONES } from '../features/index.ts';
import { ago, until } from './days.ts';

const at = (time: string): number => Date.parse(`${time}Z`);

test.each([
  ['put on over night, in Berlin', 'Europe/Berlin', '2026-03-28T20:00', '2026-03-29T07:00', 'tomorrow, 09:00'],
  ['put back over night, in Berlin', 'Europe/Berlin', '2026-10-24T20:00', '2026-10-25T08:00', 'tomorrow, 09:00'],
  ['put on over night, in New York', 'America/New_York', '2026-03-07T23:00', '2026-03-08T13:00', 'tomorrow, 09:00'],
  ['put back over night, in New York', 'America/New_York', '2026-10-31T23:00', '2026-11-01T14:00', 'tomorrow, 09:00'],
  ['put on later that day', 'Europe/Berlin', '2026-03-29T00:30', '2026-03-29T07:00', '09:00'],
  ['put on meanwhile, to the minute before midnight', 'Europe/Berlin', '2026-03-28T20:00', '2026-03-29T21:59', 'tomorrow, 23:59'],
  ['put on meanwhile, to midnight', 'Europe/Berlin', '2026-03-28T20:00', '2026-03-29T22:00', 'Monday'],
])('until a time where the clocks are %s', (_what, zone, now, time, words) => expect(until(at(time), { now: at(now), zone })).toBe(words));

test.each([
  ['late in the evening before they were put on', 'Europe/Berlin', '2026-03-29T10:00', '2026-03-28T22:30', 'yesterday'],
  ['after midnight of the day on which they were put back', 'Europe/Berlin', '2026-10-25T22:30', '2026-10-24T22:30', '24 hours ago'],
  ['late in the evening before they were put back', 'America/New_York', '2026-11-01T16:00', '2026-11-01T03:30', 'yesterday'],
])('a time %s', (_what, zone, now, time, words) => expect(ago(at(time), { now: at(now), zone })).toBe(words));

test('days and clocks are those of Intl, wherever, around any change of clocks', () => {
  const change = fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01').map((day) => at(`${day}T00:00`));
  const near = fc.tuple(change, fc.integer({ min: -40 * 60, max: 60 * 60 })).map(([day, minutes]) => day + minutes * MINUTE);
  fc.assert(fc.property(fc.constantFrom(...ZONES.keys()), near, fc.integer({ min: 0, max: 47 * 60 }), (zone, now, minutes) => {
    const time = now + minutes * MINUTE;
    const shown = (of: number): { day: number; clock: string } => {
      const [day, clock] = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(of).split(' ') as [string, string];
      return { day: at(`${day}T00:00`) / DAY, clock };
    };
    const [from, to] = [shown(now), shown(time)];
    const told = until(time, { now, zone });
    if (to.day === from.day) expect(told).toBe(to.clock);
    else if (to.day === from.day + 1) expect(told).toBe(`tomorrow, ${to.clock}`);
    else expect(told).toMatch(/day$/u);
    const past = ago(now, { now: time, zone });
    expect(past === 'yesterday').toBe(to.day === from.day + 1);
    if (to.day === from.day && minutes < 60) expect(past).toBe(minutes === 0 ? 'just now' : `${minutes} minute${minutes === 1 ? '' : 's'} ago`);
  }), { numRuns: 400 });
});
