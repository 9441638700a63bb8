import type { DateOrder, DatePart, Decimal, TableColumn } from '../bundle/index.ts';
import { parseDate } from './dates.ts';
import { parseNumber } from './numbers.ts';
import type { RawColumn } from './raw-table.ts';

/** What a column was found to be, and which of its cells do not fit that. */
export interface Inferred {
  /** Null: no cell holds a value. */
  column: TableColumn | null;
  /** Rows with a value, and distinct values. */
  filled: number;
  distinct: number;
  /** Missing markers found, as written (blank is ''), with their rows. */
  markers: [text: string, rows: number][];
  /** Rows whose cell holds a value that is not of the column's kind: read as missing. */
  unreadable: number;
  /** The date order could be either `dmy` or `mdy`. */
  ambiguous: boolean;
}

/** Up to this share of the filled cells may be no number (or date) in a numeric (or date) column. */
const TOLERANCE = 0.01;

/**
 * Decides what a column holds: numbers, dates or categories. Codes that only look like numbers (leading zeros) are
 * categories. Of two possible orders of day and month the one that fits more cells is taken, month first where both
 * fit.
 */
export function inferColumn(raw: RawColumn, isMissing: (text: string) => boolean): Inferred {
  const markers: [string, number][] = [];
  const values: string[] = [];
  const counts: number[] = [];
  raw.texts.forEach((text, code) => {
    if (isMissing(text)) markers.push([text, raw.counts[code]!]);
    else {
      values.push(text);
      counts.push(raw.counts[code]!);
    }
  });
  const filled = counts.reduce((sum, count) => sum + count, 0);
  const found = { filled, distinct: values.length, markers, unreadable: 0, ambiguous: false };
  if (filled === 0) return { ...found, column: null };

  const misses = (reads: (text: string) => boolean): number =>
    values.reduce((sum, text, i) => (reads(text) ? sum : sum + counts[i]!), 0);
  const fits = (missed: number): boolean => missed <= filled * TOLERANCE && (missed === 0 || filled >= 100);

  const decimals = (['.', ','] as const).map((decimal: Decimal) => ({
    decimal,
    missed: misses((text) => parseNumber(text, decimal) !== null),
  }));
  const number = decimals[1]!.missed < decimals[0]!.missed ? decimals[1]! : decimals[0]!;
  if (fits(number.missed) && !values.some(hasLeadingZero)) {
    const column: TableColumn = { kind: 'numeric', name: raw.name, decimal: number.decimal };
    return { ...found, column, unreadable: number.missed };
  }
  const orders = (['ymd', 'mdy', 'dmy'] as const).map((order: DateOrder) => ({
    order,
    missed: misses((text) => parseDate(text, order) !== null),
  }));
  const date = orders.reduce((best, next) => (next.missed < best.missed ? next : best));
  if (fits(date.missed)) {
    const column: TableColumn = { kind: 'date', name: raw.name, order: date.order, parts: partsOf(values, date.order) };
    const ambiguous = date.order === 'mdy' && orders[2]!.missed === date.missed;
    return { ...found, column, unreadable: date.missed, ambiguous };
  }
  return { ...found, column: { kind: 'categorical', name: raw.name } };
}

function hasLeadingZero(text: string): boolean {
  return /^0\d/.test(text);
}

function partsOf(values: readonly string[], order: DateOrder): DatePart[] {
  const timed = values.some((text) => (parseDate(text, order) ?? 0) % 86_400_000 !== 0);
  return timed ? ['age', 'weekday', 'month', 'hour'] : ['age', 'weekday', 'month'];
}
