import type { Calendar, Opening } from './calendar.ts';
import { wallClock } from './wall.ts';

/** Working time around a moment. All in ms. */
export interface WorkingTime {
  /** Days since 1970 on the clocks of the rep. */
  readonly day: number;
  /** Working time between a past time and now; Infinity where it is more than was asked for. */
  since(time: number): number;
  /** What is left of the day's, and none while away. */
  readonly leftToday: number;
  /** When the rep works next: now where it is working time; null where that is not within a year. */
  readonly opens: number | null;
}

const YEAR = 366;

/**
 * Working time by a calendar as of `now`. `most`: the longest span that will be asked for. A calendar that is not open for so
 * long in a whole year (all holidays, say) stands still: the clock on the wall counts instead.
 */
export function workingTime(calendar: Calendar, now: number, { most, awayUntil }: { most: number; awayUntil: number | null }): WorkingTime {
  const { day } = wallClock(calendar.zone, now);
  const past = pastOpenings(calendar, now, day, most);
  const free = Math.max(now, awayUntil ?? now);
  const leftToday = calendar.openings(day).reduce((sum, [from, to]) => sum + Math.max(0, to - Math.max(from, free)), 0);
  return {
    day,
    leftToday,
    opens: nextOpening(calendar, free),
    since: past === null ? (time) => Math.max(0, now - time) : (time) => sumSince(past, time, most),
  };
}

/** The openings before now, newest first, until they amount to `most`; null where a year does not. */
function pastOpenings(calendar: Calendar, now: number, today: number, most: number): Opening[] | null {
  const past: Opening[] = [];
  let sum = 0;
  for (let day = today; day > today - YEAR && sum <= most; day--) {
    for (const [from, to] of calendar.openings(day).toReversed()) {
      if (from >= now) continue;
      const end = Math.min(to, now);
      past.push([from, end]);
      sum += end - from;
    }
  }
  return sum > most ? past : null;
}

function sumSince(past: readonly Opening[], time: number, most: number): number {
  let sum = 0;
  for (const [from, to] of past) {
    if (to <= time) return sum;
    sum += to - Math.max(from, time);
    if (sum > most) return Infinity;
  }
  return sum;
}

function nextOpening(calendar: Calendar, from: number): number | null {
  const { day } = wallClock(calendar.zone, from);
  for (let ahead = 0; ahead < YEAR; ahead++) {
    const next = calendar.openings(day + ahead).find(([, to]) => to > from);
    if (next !== undefined) return Math.max(next[0], from);
  }
  return null;
}
