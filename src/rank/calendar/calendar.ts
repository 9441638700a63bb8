import { dayNumber, STANDARD, stretch, WEEKDAYS, type CalendarSpec } from '../policy/calendars.ts';
import { instantOf, isKnownZone, weekdayOf } from './wall.ts';

/** What is known of the one whose list it is. */
export interface RepFacts {
  /** Name of the time zone; null: that of the calendar. */
  readonly zone: string | null;
  readonly team: string | null;
  /** ms; null: not away. */
  readonly awayUntil: number | null;
}

export const NOBODY: RepFacts = { zone: null, team: null, awayUntil: null };

/** A stretch of working time: from, to, in ms. */
export type Opening = readonly [from: number, to: number];

/** When somebody works, day by day. */
export interface Calendar {
  readonly zone: string;
  /** The working time of a day (days since 1970), in its order; none on a day off. */
  openings(day: number): Opening[];
}

/** The calendar of a rep: that of the team, else the standard one, in the rep's own zone where that is known here. */
export function calendarOf(calendars: Readonly<Record<string, CalendarSpec>>, { zone, team }: RepFacts): Calendar {
  const all = Object.values(calendars);
  const spec = (team === null ? undefined : all.find(({ teams }) => teams.includes(team))) ?? calendars[STANDARD]!;
  const where = zone !== null && isKnownZone(zone) ? zone : (spec.zone ?? 'UTC');
  const hours = WEEKDAYS.map((day) => (spec.hours[day] ?? []).map((text) => stretch(text)!));
  const off = new Set(spec.holidays.map(dayNumber));
  return {
    zone: where,
    openings(day) {
      if (off.has(day)) return [];
      return hours[weekdayOf(day)]!.flatMap(([from, to]): Opening[] => {
        const opening: Opening = [instantOf(where, day, from), instantOf(where, day, to)];
        return opening[0] < opening[1] ? [opening] : []; // the clocks may leap over it
      });
    },
  };
}
