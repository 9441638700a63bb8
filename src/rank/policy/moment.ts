import { Fault, quote, type Form } from '../../base/index.ts';

const ISO = /^(?<day>\d{4}-\d{2}-\d{2})(?:T(?<clock>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(?<zone>Z|[+-]\d{2}:\d{2})?)?$/u;

/**
 * A time as ISO 8601 writes it, in ms; a date alone is its beginning, and a time without a zone one of UTC. null is null. A number is none: as ms a
 * year or a date written without hyphens would be long ago. Throws a Fault for what is no time, or not in the calendar.
 */
export const moment: Form<number | null> = (value, path, before) => {
  if (value === undefined && before !== undefined) return before;
  if (value === null) return null;
  const { day, clock = '00:00', zone = 'Z' } = (typeof value === 'string' ? ISO.exec(value)?.groups : undefined) ?? {};
  const written = `${path}: ${value === undefined ? 'nothing' : quote(value)}`;
  if (day === undefined) throw new Fault({ kind: 'input', value: written, rule: 'is no time', remedy: 'write it as 2026-12-24 or 2026-12-24T12:00Z' });
  const ms = Date.parse(`${day}T${clock}${zone}`);
  if (ms >= FIRST && ms <= LAST && isInCalendar(`${day}T${clock}`)) return ms;
  throw new Fault({ kind: 'input', value: written, rule: 'is no time from 2000 to 9999', remedy: 'correct it, written as 2026-12-24 or 2026-12-24T12:00Z' });
};

/** What `moment` reads as this time. */
export const momentText = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const FIRST = Date.UTC(2000, 0, 1);
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Dates that there are not, such as 31 February, come out of a clock as others. */
function isInCalendar(local: string): boolean {
  const ms = Date.parse(`${local}Z`);
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(local);
}
