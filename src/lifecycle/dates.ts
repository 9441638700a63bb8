import { DAY, HOUR, MINUTE, SECOND } from '../base/index.ts';
import type { DateOrder, DatePart } from '../bundle/index.ts';

const DATE = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?:[T ]+(.+))?$/;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]m)?\s*(z|utc|[+-]\d{2}:?\d{2})?$/i;

/**
 * The instant that a cell names, in ms since 1970 UTC, or null where it names none. Numbers divided by `-`, `/` or `.`,
 * with an optional time of day and zone (UTC where none is given). A year has four digits; years 1800 to 2200 are
 * believed.
 */
export function parseDate(cell: string, order: DateOrder): number | null {
  const match = DATE.exec(cell);
  if (!match) return null;
  const [, first, , second, third, clock] = match;
  const [year, month, day] =
    order === 'ymd'
      ? [first!, second!, third!]
      : order === 'dmy'
        ? [third!, second!, first!]
        : [third!, first!, second!];
  if (year.length !== 4 || month.length > 2 || day.length > 2) return null;
  const midnight = calendarDay(Number(year), Number(month), Number(day));
  if (midnight === null || clock === undefined) return midnight;
  const time = timeOfDay(clock);
  return time === null ? null : midnight + time;
}

function calendarDay(year: number, month: number, day: number): number | null {
  if (year < 1800 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  const at = Date.UTC(year, month - 1, day);
  return new Date(at).getUTCDate() === day ? at : null; // 31 June is none
}

function timeOfDay(text: string): number | null {
  const match = TIME.exec(text.trim());
  if (!match) return null;
  const [, hours, minutes, seconds = '0', fraction = '', half, zone] = match;
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  }
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 60) return null;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  return hour * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND + ms - offsetOf(zone);
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || !/\d/.test(zone)) return 0;
  const digits = zone.replace(':', '');
  const size = Number(digits.slice(1, 3)) * HOUR + Number(digits.slice(3)) * MINUTE;
  return digits.startsWith('-') ? -size : size;
}

/** One number out of a date. The age is relative to `asOf`, in days; a date later than that has a negative age. */
export function datePart(at: number, part: DatePart, asOf: number): number {
  switch (part) {
    case 'age':
      return (asOf - at) / DAY;
    case 'weekday':
      return new Date(at).getUTCDay();
    case 'month':
      return new Date(at).getUTCMonth() + 1;
    case 'hour':
      return new Date(at).getUTCHours();
  }
}

const PART_NAMES: Record<DatePart, string> = { age: 'age in days', weekday: 'weekday', month: 'month', hour: 'hour' };

/** The name of the model input that a part of a date column becomes. */
export function dateInputName(column: string, part: DatePart): string {
  return `${column} (${PART_NAMES[part]})`;
}

/** The column of the file that a model input comes from. */
export function columnOfInput(input: string): string {
  for (const name of Object.values(PART_NAMES)) {
    if (input.endsWith(` (${name})`)) return input.slice(0, -name.length - 3);
  }
  return input;
}

/** The instant of a date whose order is not known: year first, else the one reading that fits; null where two do. */
export function parseAnyDate(text: string): number | null {
  const iso = parseDate(text.trim(), 'ymd');
  if (iso !== null) return iso;
  const [mdy, dmy] = [parseDate(text.trim(), 'mdy'), parseDate(text.trim(), 'dmy')];
  return mdy === null ? dmy : dmy === null || dmy === mdy ? mdy : null;
}
