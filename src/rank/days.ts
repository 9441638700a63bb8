import { DAY, MINUTE } from '../base/index.ts';
import { span } from './words.ts';

/** As which moment, ms, and by which clocks a time is told. */
export interface TellingTime {
  readonly now: number;
  /** How far the reader's clocks are ahead of UTC, ms. */
  readonly offset: number;
}

const WEEKDAYS = ['Thursday', 'Friday', 'Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday']; // 1970 began on a Thursday

/** A time that is past: `just now`, `3 hours ago`, `yesterday`, `on 2026-01-31`. */
export function ago(time: number, { now, offset }: TellingTime): string {
  const days = dayOf(now, offset) - dayOf(time, offset);
  if (days <= 0) return now - time < MINUTE ? 'just now' : `${span(Math.max(0, now - time))} ago`;
  if (days === 1) return 'yesterday';
  return days < 30 ? `${days} days ago` : `on ${date(time, offset)}`;
}

/** A time to come, as after `until`: `10:00`, `tomorrow, 10:00`, `Friday`, `2026-12-24`. */
export function until(time: number, { now, offset }: TellingTime): string {
  const days = dayOf(time, offset) - dayOf(now, offset);
  const clock = new Date(time + offset).toISOString().slice(11, 16);
  if (days <= 0) return clock;
  if (days === 1) return `tomorrow, ${clock}`;
  return days < 7 ? WEEKDAYS[dayOf(time, offset) % 7]! : date(time, offset);
}

const dayOf = (time: number, offset: number): number => Math.floor((time + offset) / DAY);
const date = (time: number, offset: number): string => new Date(time + offset).toISOString().slice(0, 10);
