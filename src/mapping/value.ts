import { DAY, HOUR, textOf, type Datum } from '../base/index.ts';
import type { FieldSchema } from '../events/index.ts';
import { MISSING_MARKERS, parseAnyDate, parseNumber } from '../lifecycle/index.ts';
import type { Source } from './mapping.ts';

export type Value = string | number | boolean;

const MISSING = new Set(MISSING_MARKERS);
const YES = new Set(['true', 'yes', 'y', '1']);
const NO = new Set(['false', 'no', 'n', '0']);

/** The value of a cell as its field's type wants it; undefined where it means nothing. What does not fit is for the gate. */
export function valueOf({ type }: FieldSchema, source: Source, cell: Datum, decimal: '.' | ','): Value | undefined {
  if ('constant' in source) return source.constant;
  const { values, otherwise } = source;
  const word = textOf(cell);
  if (MISSING.has(word.toLowerCase())) return undefined;
  if (values === undefined && typeof cell === type) return cell as number | boolean;
  const text = values === undefined ? word : Object.hasOwn(values, word) ? values[word]! : (otherwise ?? word);
  switch (type) {
    case 'number':
      return parseNumber(text, typeof cell === 'string' ? decimal : '.') ?? text;
    case 'boolean':
      return YES.has(text.toLowerCase()) ? true : NO.has(text.toLowerCase()) ? false : text;
    case 'time':
      return isoOf(typeof cell === 'number' ? cell : text);
    case 'date':
      return isoOf(typeof cell === 'number' ? cell : text).slice(0, 10);
    default:
      return text;
  }
}

/** A number of ms since 1970 that is a time from 1973 on. */
const EARLIEST_MS = 1e11;
const LATEST_MS = 8.64e15;

/** The time in ISO 8601, of a text or of ms since 1970; the text itself where it is none. */
export function isoOf(cell: Datum): string {
  if (typeof cell === 'number' && cell >= EARLIEST_MS && cell <= LATEST_MS) return new Date(cell).toISOString();
  const text = textOf(cell);
  const time = parseAnyDate(text);
  return time === null ? text : new Date(time).toISOString();
}

/** Between the date of the easternmost place and that of UTC. */
const AHEAD = 14 * HOUR;

/**
 * When something happened of which was heard at `heard` (ms), in ISO 8601; the text itself where it is none. A day alone counts as its
 * end, so that nothing comes before what was there in the morning; of a day that is not over, as the hearing.
 */
export function momentOf(cell: Datum, heard: number): string {
  const iso = isoOf(cell);
  const time = Date.parse(iso);
  if (Number.isNaN(time) || time % DAY !== 0) return iso;
  return new Date(time - AHEAD <= heard ? Math.min(time + DAY - 1, heard) : time).toISOString();
}
