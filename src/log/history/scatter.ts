import type { FieldValue, LoggedEvent } from '../../events/index.ts';
import { ABSENT, FIRST_WORD, fieldOf, NULL, type EventColumns, type FieldColumn, type TextColumn } from './columns.ts';

/** Reads rows of columns as events. `columns` must have their origin; the events are of the version that they were written in. */
export function eventReader(columns: EventColumns): (row: number) => LoggedEvent {
  const { subjects, types, origin } = columns;
  const fields = [...columns.fields].map(([name, column]) => ({ field: fieldOf(name)!.field, column }));
  return (row) => {
    const data: Record<string, FieldValue> = {};
    for (const { field, column } of fields) {
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

const wordAt = ({ codes, words }: TextColumn, row: number): string | undefined => words[codes[row]! - FIRST_WORD];

function valueAt(column: FieldColumn, row: number): FieldValue | undefined {
  if (column.kind === 'text') {
    const code = column.codes[row]!;
    if (code === ABSENT) return undefined;
    return code === NULL ? null : column.words[code - FIRST_WORD]!;
  }
  const value = column.values[row]!;
  if (Number.isNaN(value)) return undefined;
  return column.kind === 'flag' ? value === 1 : value;
}
