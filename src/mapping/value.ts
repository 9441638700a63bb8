import type { FieldSchema } from '../events/index.ts';
import { MISSING_MARKERS, parseAnyDate, parseNumber } from '../lifecycle/index.ts';
import type { Source } from './mapping.ts';

export type Value = string | number | boolean;

const MISSING = new Set(MISSING_MARKERS);
const YES = new Set(['true', 'yes', 'y', '1']);
const NO = new Set(['false', 'no', 'n', '0']);

/** The value of a cell as its field's type wants it; undefined where it means nothing. What does not fit is for the gate. */
export function valueOf({ type }: FieldSchema, source: Source, cell: string, decimal: '.' | ','): Value | undefined {
  if ('constant' in source) return source.constant;
  const word = cell.trim();
  if (MISSING.has(word.toLowerCase())) return undefined;
  const { values, otherwise } = source;
  const text = values === undefined ? word : Object.hasOwn(values, word) ? values[word]! : (otherwise ?? word);
  switch (type) {
    case 'number':
      return parseNumber(text, decimal) ?? text;
    case 'boolean':
      return YES.has(text.toLowerCase()) ? true : NO.has(text.toLowerCase()) ? false : text;
    case 'time':
      return isoOf(text);
    case 'date':
      return isoOf(text).slice(0, 10);
    default:
      return text;
  }
}

/** The time in ISO 8601, or the text itself where it is none. */
export function isoOf(text: string): string {
  const time = parseAnyDate(text);
  return time === null ? text : new Date(time).toISOString();
}
