import { DAY } from '../base/index.ts';

/** Days are whole days since 1970-01-01, UTC. */
export const isoDay = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** The day of `2026-03-01` or `20260301`; undefined where there is no such day. */
export function dayOf(text: string): number | undefined {
  const parts = /^(\d{4})-?(\d{2})-?(\d{2})$/u.exec(text);
  if (parts === null) return undefined;
  const iso = parts.slice(1).join('-');
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) || isoDay(time / DAY) !== iso ? undefined : time / DAY;
}

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const weekdayOf = (day: number): Weekday => WEEKDAYS[(((day + 4) % 7) + 7) % 7]!;
