import { expect, test } from 'vitest';
import { parsePolicy } from '../policy.ts';
import { calendarOf, NOBODY } from './calendar.ts';
import { sinceLastWorkingDay } from './last-working-day.ts';

const { calendars } = parsePolicy({
  version: 1,
  calendars: {
    berlin: { zone: 'Europe/Berlin', hours: { mon: ['9:00-17:00'], tue: ['9:00-17:00'], wed: ['9:00-17:00'], thu: ['9:00-17:00'], fri: ['9:00-17:00'] }, holidays: ['2026-04-03', '2026-04-06'], teams: ['dach'] },
    shut: { hours: { mon: ['9:00-9:01'] }, holidays: ['2026-02-23', '2026-03-02'], teams: ['gone'] },
  },
});
const at = (time: string): number => Date.parse(`${time}Z`);

test.each([
  ['a Wednesday', '2026-03-04T10:00', 'dach', '2026-03-02T23:00'],
  ['early on a day in Berlin that has not begun in UTC', '2026-03-03T23:30', 'dach', '2026-03-02T23:00'],
  ['a Monday', '2026-03-02T10:00', 'dach', '2026-02-26T23:00'],
  ['a Sunday', '2026-03-01T10:00', 'dach', '2026-02-26T23:00'],
  ['after Easter', '2026-04-07T10:00', 'dach', '2026-04-01T22:00'],
  ['the day on which the clocks are put on', '2026-03-30T07:00', 'dach', '2026-03-26T23:00'],
  ['a calendar that is never open', '2026-03-04T10:00', 'gone', '2026-03-03T00:00'],
])('%s', (_what, now, team, since) => {
  expect(new Date(sinceLastWorkingDay(calendarOf(calendars, { ...NOBODY, team }), at(now))).toISOString().slice(0, 16)).toBe(since);
});
