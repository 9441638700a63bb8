import { inputFault, named, type Form } from '../base/index.ts';

/** What a unit of each currency is worth in the home currency, from a day on. */
export interface Rates {
  /** Three letters; undefined where amounts are not converted. */
  readonly home: string | undefined;
  /** The rate that is valid at a time, ms; 1 for the home currency, undefined where none is known. */
  at(currency: string, time: number): number | undefined;
}

const CODE = /^[A-Z]{3}$/u;
const DAY = /^\d{4}-\d\d-\d\d$/u;

/** Of the entry `rates` of a mapping: by currency and first day. Throws a Fault that names the place. */
export function readRates(home: string | undefined, value: unknown): Rates {
  if (home !== undefined && !CODE.test(home)) throw inputFault(`home_currency: ${home}`, 'is not three capital letters', 'use a code like EUR');
  const tables = new Map<string, readonly (readonly [from: number, rate: number])[]>();
  for (const [currency, days] of Object.entries(byDay(value, 'rates', {}))) {
    if (!CODE.test(currency)) throw inputFault(`rates.${currency}`, 'is not three capital letters', 'use a code like USD');
    if (home === undefined) throw inputFault(`rates.${currency}`, 'is worth nothing without a home currency', 'add home_currency');
    const rows = Object.entries(days).map(([day, rate]) => [dayOf(currency, day), rate] as const);
    tables.set(currency, rows.toSorted((a, b) => b[0] - a[0]));
  }
  return {
    home,
    at: (currency, time) => (currency === home ? 1 : tables.get(currency)?.find(([from]) => from <= time)?.[1]),
  };
}

const rate: Form<number> = (value, path) => {
  if (typeof value === 'number' && value > 0 && Number.isFinite(value)) return value;
  throw inputFault(`${path}: ${String(value)}`, 'is not a number above 0', 'say what a unit is worth in the home currency');
};
const byDay = named(named(rate));

function dayOf(currency: string, day: string): number {
  const time = DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day) throw inputFault(`rates.${currency}.${day}`, 'is not a day', 'write one like 2026-01-31');
  return time;
}
