import type { FieldValue, LoggedEvent } from '../../events/index.ts';
import { ABSENT, columnName, FIRST_WORD, NO_NUMBER, NULL, type EventColumns, type FieldColumn, type TextColumn } from './columns.ts';
import { tieOf } from './tie.ts';

/** An event and whether it repeats an earlier delivery. */
export interface Gathered {
  readonly event: LoggedEvent;
  readonly repeat: boolean;
}

/** Lays events out by columns, in their order. */
export function gatherColumns(rows: readonly Gathered[]): EventColumns {
  const count = rows.length;
  const subjects = textColumn(count);
  const types = textColumn(count);
  const sources = textColumn(count);
  const fields = new Map<string, GrowingField>();
  const columns = {
    offsets: new Float64Array(count),
    times: new Float64Array(count),
    received: new Float64Array(count),
    knownAt: new Float64Array(count),
    versions: new Uint8Array(count),
    ties: new Uint32Array(count),
    repeats: new Uint8Array(count),
  };
  for (const [row, { event, repeat }] of rows.entries()) {
    columns.offsets[row] = event.offset;
    columns.times[row] = event.time;
    columns.received[row] = event.received;
    columns.knownAt[row] = event.knownAt;
    columns.versions[row] = event.version;
    columns.ties[row] = tieOf(event.source, event.id);
    columns.repeats[row] = Number(repeat);
    subjects.put(row, event.subject);
    types.put(row, event.type);
    sources.put(row, event.source);
    putFields(fields, row, count, event.data);
  }
  return {
    count,
    ...columns,
    subjects: subjects.column,
    types: types.column,
    fields: new Map([...fields].map(([name, { column }]): [string, FieldColumn] => [name, column])),
    origin: { sources: sources.column, ids: rows.map(({ event }) => event.id) },
  };
}

interface Growing<T extends FieldColumn, V> {
  readonly column: T;
  put(row: number, value: V): void;
}
type GrowingField = Growing<FieldColumn, FieldValue>;

function putFields(fields: Map<string, GrowingField>, row: number, count: number, data: LoggedEvent['data']): void {
  for (const field in data) {
    const value = data[field]!;
    const kind = typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'flag' : 'text';
    const name = columnName(kind, field);
    let column = fields.get(name);
    if (column === undefined) {
      column = kind === 'text' ? (textColumn(count) as GrowingField) : numberColumn(kind, count);
      fields.set(name, column);
    }
    column.put(row, value);
  }
}

function textColumn(count: number): Growing<TextColumn, FieldValue> {
  const words: string[] = [];
  const codes = new Uint32Array(count).fill(ABSENT);
  const known = new Map<string, number>();
  return {
    column: { kind: 'text', codes, words },
    put(row, value) {
      if (value === null) {
        codes[row] = NULL;
        return;
      }
      const word = String(value);
      let code = known.get(word);
      if (code === undefined) {
        code = words.push(word) - 1 + FIRST_WORD;
        known.set(word, code);
      }
      codes[row] = code;
    },
  };
}

function numberColumn(kind: 'number' | 'flag', count: number): GrowingField {
  const values = new Float64Array(count).fill(NO_NUMBER);
  return {
    column: { kind, values },
    put: (row, value) => void (values[row] = Number(value)),
  };
}
