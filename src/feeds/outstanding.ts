import { DAY, HOUR } from '../base/index.ts';
import { weekdayOf } from './day.ts';
import type { Feed } from './declaration.ts';

/** A day whose file should be there: late from when it was due, missing a day after that. */
export interface Outstanding {
  readonly day: number;
  readonly state: 'late' | 'missing';
  /** When it was due, ms. */
  readonly due: number;
}

/** What a feed expects of days, the first one found. */
export type Expected = Pick<Feed, 'dueHours' | 'weekdays' | 'skip'> & { readonly since: number };

/** The days from `since` on that are due at `now` (ms) and not delivered, oldest first. */
export function outstanding({ since, dueHours, weekdays, skip }: Expected, delivered: ReadonlySet<number>, now: number): Outstanding[] {
  const found: Outstanding[] = [];
  for (let day = since; ; day++) {
    const due = (day + 1) * DAY + dueHours * HOUR;
    if (due > now) return found;
    if (delivered.has(day) || skip.includes(day) || !weekdays.includes(weekdayOf(day))) continue;
    found.push({ day, state: now >= due + DAY ? 'missing' : 'late', due });
  }
}
