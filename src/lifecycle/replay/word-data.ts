import type { FieldValue } from '../../events/index.ts';
import { WORD_FIELDS } from '../../features/index.ts';
import { ABSENT, columnName, FIRST_WORD, NULL, type EventColumns } from '../../log/index.ts';

/** The fields of an event that say what a record is. */
export type WordData = Readonly<Record<string, FieldValue>>;

/** Reads them by row. */
export function wordReader({ fields }: EventColumns): (row: number) => WordData {
  const columns = WORD_FIELDS.flatMap((field) =>
    (['text', 'flag'] as const).flatMap((kind) => {
      const column = fields.get(columnName(kind, field));
      return column === undefined ? [] : [{ field, column }];
    }));
  return (row) => {
    const data: Record<string, FieldValue> = {};
    for (const { field, column } of columns) {
      if (column.kind === 'text') {
        const code = column.codes[row]!;
        if (code !== ABSENT) data[field] = code === NULL ? null : column.words[code - FIRST_WORD]!;
      } else if (!Number.isNaN(column.values[row]!)) data[field] = column.values[row] === 1;
    }
    return data;
  };
}
