import { DAY, MINUTE } from '../../base/index.ts';
import { offsetOf, ZONES } from '../../features/index.ts';

/** What the clocks of a zone show at a time: days since 1970 and minutes of that day. A zone that is not known counts as UTC. */
export function wallClock(zone: string, time: number): { readonly day: number; readonly minute: number } {
  const local = time + aheadOf(zone, time);
  const day = Math.floor(local / DAY);
  return { day, minute: Math.floor((local - day * DAY) / MINUTE) };
}

/**
 * When the clocks of a zone show a minute of a day, ms. One that they show twice is the first, one that they leap over is
 * as far after the leap as it would have been.
 */
export function instantOf(zone: string, day: number, minute: number): number {
  const local = day * DAY + minute * MINUTE;
  const before = aheadOf(zone, local - DAY); // the offset that held before any change of clocks of that day
  const time = local - before;
  const now = aheadOf(zone, time);
  if (now === before) return time;
  const other = local - now; // after the change; one that was leapt over is in neither
  return aheadOf(zone, other) === now ? other : time;
}

/** Monday is 0. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** Whether the clocks of a zone are known here. */
export const isKnownZone = (zone: string): boolean => ZONES.has(zone);

/** How far the clocks of a zone are ahead of UTC, ms. */
export const aheadOf = (zone: string, time: number): number => (ZONES.has(zone) ? offsetOf(zone, time) : 0);
