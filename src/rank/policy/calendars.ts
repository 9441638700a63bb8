import { DAY, Fault, listOf, named, quote, shape, text, type Form } from '../../base/index.ts';
import { ZONES } from '../../features/index.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** When a team works, as it is declared. */
export interface CalendarSpec {
  /** Of those whose own time zone is not known; null: UTC. */
  readonly zone: string | null;
  /** By weekday: stretches of the wall clock such as `9:00-12:30`, in their order; a day that is left out is free. */
  readonly hours: Readonly<Partial<Record<Weekday, readonly string[]>>>;
  /** Days off, `2026-12-25`. */
  readonly holidays: readonly string[];
  /** The teams that work by it. */
  readonly teams: readonly string[];
}

/** The calendar of everyone whose team has none. */
export const STANDARD = 'standard';
const OFFICE = ['9:00-17:30'];
export const STANDARD_CALENDAR: CalendarSpec = {
  zone: null,
  hours: { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE },
  holidays: [],
  teams: [],
};

/** The calendars of a policy by name, checked. A team has one at most. */
export const calendars: Form<Readonly<Record<string, CalendarSpec>>> = (value, path, before) => {
  const read = { [STANDARD]: STANDARD_CALENDAR, ...named(calendar)(value, path, before) };
  const owner = new Map<string, string>();
  for (const [name, { teams }] of Object.entries(read)) {
    for (const team of teams) {
      const other = owner.get(team);
      if (other !== undefined) throw fault(`${path}: ${quote(team)}`, `is a team of ${other} and of ${name}`, 'keep it in one');
      owner.set(team, name);
    }
  }
  return Object.freeze(read);
};

/** Minutes of the day at which a stretch begins and ends; null for a text that is none. */
export function stretch(written: string): readonly [from: number, to: number] | null {
  const [, h1, m1, h2, m2] = /^(\d{1,2}):(\d{2})\s?[-–]\s?(\d{1,2}):(\d{2})$/u.exec(written.trim()) ?? [];
  if (h1 === undefined || Number(m1) > 59 || Number(m2) > 59) return null;
  const [from, to] = [Number(h1) * 60 + Number(m1), Number(h2) * 60 + Number(m2)];
  return from < to && to <= 24 * 60 ? [from, to] : null;
}

/** Days since 1970 of a date `2026-12-25`; null for a text that is none. */
export function dayNumber(date: string): number | null {
  const ms = /^\d{4}-\d{2}-\d{2}$/u.test(date) ? Date.parse(date) : NaN;
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date ? null : ms / DAY;
}

const zone: Form<string | null> = (value, path, before) => {
  if (value === undefined && before !== undefined) return before;
  if (value === null || (typeof value === 'string' && ZONES.has(value))) return value;
  throw fault(`${path}: ${quote(value ?? null)}`, 'is no time zone that is known here', `use one of ${[...ZONES.keys()].join(', ')}`);
};

const hours: Form<CalendarSpec['hours']> = (value, path) => {
  const read = named(listOf(text))(value, path);
  let open = false;
  for (const [day, stretches] of Object.entries(read)) {
    if (!WEEKDAYS.includes(day as Weekday)) throw fault(`${path}: ${quote(day)}`, 'is no day of the week', `use ${WEEKDAYS.join(', ')}`);
    let end = 0;
    for (const one of stretches) {
      const [from, to] = stretch(one) ?? fail(one, `${path}.${day}`);
      if (from < end) throw fault(`${path}.${day}: ${quote(one)}`, 'begins before the stretch before it ends', 'write the stretches in their order');
      end = to;
      open = true;
    }
  }
  if (!open) throw fault(path, 'is never open', 'give at least one day, such as mon: ["9:00-17:30"]');
  return read as CalendarSpec['hours'];
};

const date: Form<string> = (value, path) => {
  const read = text(value, path);
  if (dayNumber(read) === null) throw fault(`${path}: ${quote(read)}`, 'is no date', 'write it as 2026-12-25');
  return read;
};

const WITHOUT: Partial<CalendarSpec> = { zone: null, holidays: [], teams: [] };
const calendar: Form<CalendarSpec> = (value, path) =>
  shape<CalendarSpec>({ zone, hours, holidays: listOf(date), teams: listOf(text) })(value, path, WITHOUT);

function fail(value: string, path: string): never {
  throw fault(`${path}: ${quote(value)}`, 'is no stretch of a day', 'write it as 9:00-17:30; one over midnight as two, 22:00-24:00 and 0:00-6:00 of the next day');
}

function fault(value: string, rule: string, remedy: string): Fault {
  return new Fault({ kind: 'input', value, rule, remedy });
}
