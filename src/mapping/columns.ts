import { Fault, quote } from '../base/index.ts';
import type { ObjectMapping, Source } from './mapping.ts';

/** Where a file has what a mapping asks for; -1 where the mapping does not ask. */
export interface Columns {
  readonly id: number;
  readonly time: number;
  readonly modified: number;
  readonly known: number;
  readonly recordType: number;
  readonly outcome: number;
  readonly outcomeAt: number;
  readonly fields: readonly { readonly field: string; readonly source: Source; readonly place: number }[];
}

export function columnsOf({ id, time, modified, known, recordType, outcome, fields }: ObjectMapping, header: readonly string[]): Columns {
  const at = (column: string | undefined): number => (column === undefined ? -1 : header.indexOf(requireColumn(header, column)));
  return {
    id: at(id),
    time: at(time),
    modified: at(modified),
    known: at(known),
    recordType: at(recordType),
    outcome: at(outcome?.column),
    outcomeAt: at(outcome?.at),
    fields: Object.entries(fields).map(([field, source]) => ({ field, source, place: 'column' in source ? at(source.column) : -1 })),
  };
}

/** The columns that a mapping reads. */
export function columnsRead({ id, time, modified, known, recordType, outcome, fields }: ObjectMapping): Set<string> {
  const named = [id, time, modified, known, recordType, outcome?.column, outcome?.at, ...Object.values(fields).map((source) => ('column' in source ? source.column : undefined))];
  return new Set(named.filter((name) => name !== undefined));
}

/** The column, or a Fault that lists those that are there. */
export function requireColumn(header: readonly string[], column: string): string {
  if (header.includes(column)) return column;
  const some = header.slice(0, 12).map((name) => quote(name, 30)).join(', ');
  const remedy = `use one of ${some}${header.length > 12 ? ', …' : ''}`;
  throw new Fault({ kind: 'input', value: `column ${quote(column)}`, rule: 'is not in the file', remedy });
}
