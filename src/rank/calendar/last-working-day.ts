import type { Calendar } from './calendar.ts';
import { instantOf, wallClock } from './wall.ts';

/** The longest holiday that is looked back over, days. */
const MOST_DAYS = 14;

/** When the working day before today began, ms: at midnight where the rep is; yesterday where none of the last two weeks was one. */
export function sinceLastWorkingDay({ zone, openings }: Calendar, now: number): number {
  const { day } = wallClock(zone, now);
  for (let back = 1; back <= MOST_DAYS; back++) if (openings(day - back).length > 0) return instantOf(zone, day - back, 0);
  return instantOf(zone, day - 1, 0);
}
