import type { FieldValue, LoggedEvent } from '../../events/index.ts';
import { ABSENT, FIRST_WORD, fieldOf, NULL, wordAt, type EventColumns, type FieldColumn } from './columns.ts';

/** Reads rows of columns as events. `columns` must have their origin; the events are of the version that they were written in. */
export function eventReader(columns: EventColumns): (row: number) => LoggedEvent {
  const { subjects, types, origin } = columns;
  const fields = fieldsByType(columns);
  return (row) => {
    const data: Record<string, FieldValue> = {};
    for (const { field, column } of fields[types.codes[row]!] ?? []) {
      const value = valueAt(column, row);
      if (value !== undefined) data[field] = value;
    }
    const event = {
      id: origin!.ids[row]!,
      source: wordAt(origin!.sources, row)!,
      type: wordAt(types, row)!,
      version: columns.versions[row]!,
      subject: wordAt(subjects, row)!,
      time: columns.times[row]!,
      data,
      offset: columns.offsets[row]!,
      received: columns.received[row]!,
      knownAt: columns.knownAt[row]!,
    };
    return event as unknown as LoggedEvent;
  };
}

interface FieldAt {
  readonly field: string;
  readonly column: FieldColumn;
}

/** By the code of a type: the fields that some event of that type has. A type has few of all that there are. */
function fieldsByType({ count, types, fields }: EventColumns): readonly (readonly FieldAt[] | undefined)[] {
  const byType: FieldAt[][] = [];
  for (const [name, column] of fields) {
    const has = new Uint8Array(types.words.length + FIRST_WORD);
    for (let row = 0; row < count; row++) if (isThere(column, row)) has[types.codes[row]!] = 1;
    for (const [code, one] of has.entries()) if (one === 1) (byType[code] ??= []).push({ field: fieldOf(name)!.field, column });
  }
  return byType;
}

function isThere(column: FieldColumn, row: number): boolean {
  if (column.kind === 'text') return column.codes[row] !== ABSENT;
  const value = column.values[row]!;
  return value === value;
}

function valueAt(column: FieldColumn, row: number): FieldValue | undefined {
  if (column.kind === 'text') {
    const code = column.codes[row]!;
    if (code === ABSENT) return undefined;
    return code === NULL ? null : wordAt(column, row)!;
  }
  const value = column.values[row]!;
  if (Number.isNaN(value)) return undefined;
  return column.kind === 'flag' ? value === 1 : value;
}
