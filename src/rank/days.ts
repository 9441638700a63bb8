import { DAY, MINUTE } from '../base/index.ts';
import { aheadOf } from './calendar/wall.ts';
import { span } from './words.ts';

/** As which moment, ms, and by which clocks a time is told. */
export interface TellingTime {
  readonly now: number;
  /** Name of the zone whose clocks the reader looks at; one that is not known counts as UTC. */
  readonly zone: string;
}

const WEEKDAYS = ['Thursday', 'Friday', 'Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday']; // 1970 began on a Thursday

/** A time that is past: `just now`, `3 hours ago`, `yesterday`, `on 2026-01-31`. */
export function ago(time: number, { now, zone }: TellingTime): string {
  const days = dayOf(now, zone) - dayOf(time, zone);
  if (days <= 0) return now - time < MINUTE ? 'just now' : `${span(Math.max(0, now - time))} ago`;
  if (days === 1) return 'yesterday';
  return days < 30 ? `${days} days ago` : `on ${date(time, zone)}`;
}

/** A time to come, as after `until`: `10:00`, `tomorrow, 10:00`, `Friday`, `2026-12-24`. */
export function until(time: number, { now, zone }: TellingTime): string {
  const days = dayOf(time, zone) - dayOf(now, zone);
  const clock = shown(time, zone).toISOString().slice(11, 16);
  if (days <= 0) return clock;
  if (days === 1) return `tomorrow, ${clock}`;
  return days < 7 ? WEEKDAYS[dayOf(time, zone) % 7]! : date(time, zone);
}

/** What the clocks show at a time, as if it were UTC: they may be changed between that time and now. */
const shown = (time: number, zone: string): Date => new Date(time + aheadOf(zone, time));
const dayOf = (time: number, zone: string): number => Math.floor(shown(time, zone).getTime() / DAY);
const date = (time: number, zone: string): string => shown(time, zone).toISOString().slice(0, 10);
