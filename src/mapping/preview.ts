import { textOf, type Datum } from '../base/index.ts';
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
  add(row: readonly Datum[]): void;
  /** Record type by record type, the most frequent value first. */
  read(): Counted[];
}

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
      counts.set(key, { recordType, value, rows: (before?.rows ?? 0) + 1, meaning });
    },
    read: () => [...counts.values()].toSorted((a, b) => compare(a.recordType, b.recordType) || b.rows - a.rows || compare(a.value, b.value)),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
