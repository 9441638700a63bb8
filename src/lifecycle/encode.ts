import { Fault, quote } from '../base/index.ts';
import type { TableColumn, TableSpec } from '../bundle/index.ts';
import type { Column, Dataset, Value } from '../trees/index.ts';
import { dateInputName, datePart, parseDate } from './dates.ts';
import { parseNumber } from './numbers.ts';
import { cellAt, type RawTable } from './raw-table.ts';

/** One input of a model; an ordinal one has its levels, lowest first. */
type TableInput = { name: string; kind: 'numeric' | 'categorical' } | { name: string; kind: 'ordinal'; levels: string[] };

/** Turns the cells of a row into the inputs of a model. Fitting and scoring go through the same one. */
export interface TableEncoder {
  inputs: TableInput[];
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
    const value = valueOf(column, text, missing);
    if (value === undefined) unreadable.set(column.name, (unreadable.get(column.name) ?? 0) + 1);
    if (column.kind !== 'date') into.push(value ?? null);
    else for (const part of column.parts) into.push(typeof value === 'number' ? finite(datePart(value, part, at)) : null);
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
  const builders = encoder.inputs.map((input) => columnOf(input, rows.length));
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

function columnOf(input: TableInput, rows: number): { column: Column; set(row: number, value: Value): void } {
  const { name, kind } = input;
  if (kind === 'numeric') {
    const values = new Float64Array(rows);
    return {
      column: { kind, name, values },
      set: (row, value) => void (values[row] = value === null ? NaN : Number(value)),
    };
  }
  const levels = kind === 'ordinal' ? [...input.levels] : [];
  const codeOf = new Map(levels.map((level, code) => [level, code]));
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
  return { column: { kind: 'categorical', name, levels, ...(kind === 'ordinal' && { ordered: true }), codes }, set };
}

function inputsOf(column: TableColumn): TableInput[] {
  if (column.kind === 'ordinal') return [{ name: column.name, kind: 'ordinal', levels: column.levels }];
  if (column.kind !== 'date') return [{ name: column.name, kind: column.kind }];
  return column.parts.map((part) => ({ name: dateInputName(column.name, part), kind: 'numeric' }));
}

/** A cell as its column reads it, a date in ms; null is missing, undefined is no value of the column's kind. */
function valueOf(column: TableColumn, text: string, missing: ReadonlySet<string>): Value | undefined {
  if (column.kind === 'ordinal' && column.levels.includes(text)) return text; // even if it looks like a missing marker
  if (missing.has(text.toLowerCase())) return null;
  switch (column.kind) {
    case 'numeric':
      return parseNumber(text, column.decimal) ?? undefined;
    case 'categorical':
      return text;
    case 'ordinal':
      return undefined;
    case 'date':
      return parseDate(text, column.order) ?? undefined;
  }
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
    remedy: 'add the column (blank cells will do), fit a model without it, or say --no-header where the file has none',
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
