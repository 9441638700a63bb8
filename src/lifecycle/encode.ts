import { Fault, quote } from '../base/index.ts';
import type { TableColumn, TableSpec } from '../bundle/index.ts';
import type { Column, Dataset, Value } from '../trees/index.ts';
import { dateInputName, datePart, parseDate } from './dates.ts';
import { parseNumber } from './numbers.ts';
import { cellAt, type RawTable } from './raw-table.ts';

/** Turns the cells of a row into the inputs of a model. Fitting and scoring go through the same one. */
export interface TableEncoder {
  inputs: { name: string; kind: 'numeric' | 'categorical' }[];
  /** One value an input. */
  row(cells: readonly string[]): Value[];
  /** The instant that the row is as of: its time cell, else the reference of the spec; NaN where there is none. */
  asOf(cells: readonly string[]): number;
  /** Cells so far that hold a value which is not of their column's kind; they count as missing. */
  unreadable: ReadonlyMap<string, number>;
}

/**
 * Makes the encoder for files with this header; columns are found by name, others are left alone. `asOf` replaces the
 * reference of the spec. Throws a Fault that names the columns which are not there.
 */
export function createTableEncoder(spec: TableSpec, header: readonly string[], asOf?: number): TableEncoder {
  const missing = new Set(spec.missing);
  const unreadable = new Map<string, number>();
  const places = findColumns(spec, header);
  const time = spec.time;
  const timePlace = time === null ? -1 : header.indexOf(time.name);
  const reference = asOf ?? spec.reference ?? NaN;

  function readTime(cells: readonly string[]): number {
    if (time === null || time.order === 'number') return reference;
    return parseDate(cells[timePlace]!.trim(), time.order) ?? NaN;
  }
  function readCell(column: TableColumn, text: string, at: number, into: Value[]): void {
    const absent = missing.has(text.toLowerCase());
    if (column.kind === 'categorical') {
      into.push(absent ? null : text);
      return;
    }
    const value = absent
      ? null
      : column.kind === 'numeric'
        ? parseNumber(text, column.decimal)
        : parseDate(text, column.order);
    if (value === null && !absent) unreadable.set(column.name, (unreadable.get(column.name) ?? 0) + 1);
    if (column.kind === 'numeric') into.push(value);
    else for (const part of column.parts) into.push(value === null ? null : finite(datePart(value, part, at)));
  }
  return {
    inputs: spec.columns.flatMap((column) => inputsOf(column)),
    unreadable,
    asOf: readTime,
    row(cells) {
      const at = readTime(cells);
      const values: Value[] = [];
      for (let c = 0; c < places.length; c++) readCell(spec.columns[c]!, cells[places[c]!]!.trim(), at, values);
      return values;
    },
  };
}

/** The table as the model sees it, in the order of `rows`. */
export function encodeTable(spec: TableSpec, table: RawTable, rows: Int32Array): { data: Dataset; asOf: Float64Array } {
  const encoder = createTableEncoder(
    spec,
    table.columns.map((column) => column.name),
  );
  const builders = encoder.inputs.map(({ name, kind }) => columnOf(name, kind, rows.length));
  const asOf = new Float64Array(rows.length);
  const cells: string[] = [];
  for (let i = 0; i < rows.length; i++) {
    for (let c = 0; c < table.columns.length; c++) cells[c] = cellAt(table.columns[c]!, rows[i]!);
    const values = encoder.row(cells);
    asOf[i] = encoder.asOf(cells);
    for (let v = 0; v < values.length; v++) builders[v]!.set(i, values[v]!);
  }
  return { data: { rows: rows.length, columns: builders.map((builder) => builder.column) }, asOf };
}

function columnOf(
  name: string,
  kind: 'numeric' | 'categorical',
  rows: number,
): { column: Column; set(row: number, value: Value): void } {
  if (kind === 'numeric') {
    const values = new Float64Array(rows);
    return {
      column: { kind, name, values },
      set: (row, value) => void (values[row] = value === null ? NaN : Number(value)),
    };
  }
  const codeOf = new Map<string, number>();
  const levels: string[] = [];
  const codes = new Int32Array(rows);
  const set = (row: number, value: Value): void => {
    if (value === null) codes[row] = -1;
    else {
      const level = String(value);
      let code = codeOf.get(level);
      if (code === undefined) {
        code = levels.push(level) - 1;
        codeOf.set(level, code);
      }
      codes[row] = code;
    }
  };
  return { column: { kind, name, levels, codes }, set };
}

function inputsOf(column: TableColumn): { name: string; kind: 'numeric' | 'categorical' }[] {
  if (column.kind !== 'date') return [{ name: column.name, kind: column.kind }];
  return column.parts.map((part) => ({ name: dateInputName(column.name, part), kind: 'numeric' }));
}

function findColumns(spec: TableSpec, header: readonly string[]): number[] {
  if (spec.positions !== undefined) return checkPositions(spec.positions, header);
  const needed = spec.columns.map((column) => column.name);
  const all = [...needed, ...(spec.id === null ? [] : [spec.id]), ...(spec.time === null ? [] : [spec.time.name])];
  const absent = all.filter((name) => !header.includes(name));
  if (absent.length === 0) return needed.map((name) => header.indexOf(name));
  const listed = absent.slice(0, 5).map((name) => quote(name));
  throw new Fault({
    kind: 'input',
    value: `column ${listed.join(', ')}${absent.length > 5 ? ` and ${absent.length - 5} more` : ''}`,
    rule: 'the model needs it and the file lacks it',
    remedy: 'add the column (blank cells will do), or fit a model without it',
  });
}

function checkPositions(positions: readonly number[], header: readonly string[]): number[] {
  const needed = positions.reduce((most, at) => Math.max(most, at + 1), 0);
  if (header.length >= needed) return [...positions];
  throw new Fault({
    kind: 'input',
    value: `a file of ${header.length} columns`,
    rule: `the model takes its inputs by position and needs ${needed}`,
    remedy: 'give the columns that it was trained on, in that order',
  });
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
