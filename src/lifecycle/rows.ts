import type { Column, Dataset, Numbers, Value } from '../trees/index.ts';

/** The given rows of a table, in the given order. Categories that none of them holds are unknown to the result. */
export function takeRows(data: Dataset, rows: Int32Array): Dataset {
  return { rows: rows.length, columns: data.columns.map((column) => takeColumn(column, rows)) };
}

function takeColumn(column: Column, rows: Int32Array): Column {
  if (column.kind === 'numeric') return { ...column, values: column.values instanceof Float32Array ? Float32Array.from(rows, (row) => column.values[row]!) : take(column.values, rows) };
  if (column.ordered) return { ...column, codes: rows.map((row) => column.codes[row]!) }; // a rank is a rank in any part
  const used = new Uint8Array(column.levels.length);
  for (const row of rows) if (column.codes[row]! >= 0) used[column.codes[row]!] = 1;
  const newCode = new Int32Array(column.levels.length).fill(-1);
  const levels: string[] = [];
  column.levels.forEach((level, code) => {
    if (used[code]) newCode[code] = levels.push(level) - 1;
  });
  return {
    ...column,
    levels,
    codes: Int32Array.from(rows, (row) => (column.codes[row]! < 0 ? -1 : newCode[column.codes[row]!]!)),
  };
}

/** One row of a table as a scorer takes it. */
export function rowOf(data: Dataset, row: number): Value[] {
  return data.columns.map((column) => {
    if (column.kind === 'numeric') return Number.isNaN(column.values[row]!) ? null : column.values[row]!;
    return column.codes[row]! < 0 ? null : column.levels[column.codes[row]!]!;
  });
}

/** Values by index. */
export function take(values: Numbers, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
}

/** Row numbers that satisfy a condition, ascending. */
export function rowsWhere(rows: number, holds: (row: number) => boolean): Int32Array {
  const found: number[] = [];
  for (let row = 0; row < rows; row++) if (holds(row)) found.push(row);
  return Int32Array.from(found);
}

/** Keys as whole numbers from 0 on, in the order in which they come first. */
export function numbered(keys: Iterable<unknown>): Int32Array {
  const numbers = new Map<unknown, number>();
  return Int32Array.from(keys, (key) => {
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    return numbers.get(key)!;
  });
}
