import type { Dataset } from './dataset.ts';

/** The given rows of a table, in the given order; categories keep their codes. */
export function takeRows({ columns }: Dataset, rows: Int32Array): Dataset {
  const taken = columns.map((column) =>
    column.kind === 'numeric'
      ? { ...column, values: take(column.values, rows) }
      : { ...column, codes: takeCodes(column.codes, rows) },
  );
  return { rows: rows.length, columns: taken };
}

/** Values by index. */
export function take(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!);
}

export function takeCodes(codes: Int32Array, rows: Int32Array): Int32Array {
  return rows.map((row) => codes[row]!);
}
