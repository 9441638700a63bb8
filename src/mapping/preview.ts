import { Fault, quote, textOf, type Datum } from '../base/index.ts';
import { columnsOf } from './columns.ts';
import type { Meaning, ObjectMapping } from './mapping.ts';
import { meaningOf } from './meaning.ts';

/** How many rows of a record type hold a value of the picklist, and what it counts as; null where the mapping does not say. */
export interface Counted {
  readonly recordType: string;
  readonly value: string;
  readonly rows: number;
  readonly meaning: Meaning | null;
}

/** Counts what a mapping makes of the client's picklist, before anything is imported. */
export interface Preview {
  /** Throws a Fault where there are more values than a picklist has. */
  add(row: readonly Datum[]): void;
  /** Record type by record type, the most frequent value first. */
  read(): Counted[];
}

const MOST = 10_000;

export function createPreview(object: ObjectMapping, header: readonly string[]): Preview {
  const at = columnsOf(object, header);
  const { outcome } = object;
  const counts = new Map<string, Counted>();
  return {
    add(row) {
      if (outcome === undefined) return;
      const recordType = at.recordType < 0 ? '' : textOf(row[at.recordType]);
      const value = textOf(row[at.outcome]);
      const key = `${recordType}\0${value}`;
      const before = counts.get(key);
      const meaning = before === undefined ? (meaningOf(outcome, recordType, value)?.meaning ?? null) : before.meaning;
      if (before === undefined && counts.size >= MOST) {
        const rule = `holds more than ${MOST.toLocaleString('en')} values`;
        throw new Fault({ kind: 'input', value: `column ${quote(outcome.column)}`, rule, remedy: 'a picklist has few: name its column as outcome.column' });
      }
      counts.set(key, { recordType, value, rows: (before?.rows ?? 0) + 1, meaning });
    },
    read: () => [...counts.values()].toSorted((a, b) => compare(a.recordType, b.recordType) || b.rows - a.rows || compare(a.value, b.value)),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
