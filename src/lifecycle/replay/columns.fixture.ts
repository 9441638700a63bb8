import { ABSENT, FIRST_WORD, NULL, type EventColumns, type TextColumn } from '../../log/index.ts';

/** Each row of some events, with the fields that it has, for tests of what takes columns apart and puts them together. */
export function toldOf(columns: EventColumns): object[] {
  const { subjects, types, fields, origin: _origin, count, ...numbers } = columns;
  return Array.from({ length: count }, (_, row) => ({
    ...Object.fromEntries(Object.entries(numbers).map(([name, values]) => [name, values[row]])),
    subject: toldAt(subjects, row),
    type: toldAt(types, row),
    fields: Object.fromEntries([...fields].flatMap(([name, column]) => {
      const value = column.kind === 'text' ? toldAt(column, row) : column.values[row];
      return value === undefined || Number.isNaN(value) ? [] : [[name, value]];
    })),
  }));
}

function toldAt({ codes, words }: TextColumn, row: number): string | null | undefined {
  const code = codes[row]!;
  if (code === ABSENT) return undefined;
  return code === NULL ? null : words[code - FIRST_WORD]!;
}
