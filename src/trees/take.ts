import type { Dataset, Numbers, NumericColumn } from './dataset.ts';

/**
 * The given rows of a table, in the given order; categories keep their codes. Numbers are taken when they are asked for,
 * so that a part of a large table costs no second copy of it.
 */
export function takeRows({ columns }: Dataset, rows: Int32Array): Dataset {
  const taken = columns.map((column) =>
    column.kind === 'numeric' ? takeNumeric(column, rows) : { ...column, codes: takeCodes(column.codes, rows) },
  );
  return { rows: rows.length, columns: taken };
}

function takeNumeric(column: NumericColumn, rows: Int32Array): NumericColumn {
  return {
    kind: 'numeric',
    name: column.name,
    get values() {
      return take(column.values, rows);
    },
  };
}

/** Values by index. */
export function take<T extends Numbers>(values: T, rows: Int32Array): T {
  const taken = (values instanceof Float32Array ? new Float32Array(rows.length) : new Float64Array(rows.length)) as T;
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
}

export function takeCodes(codes: Int32Array, rows: Int32Array): Int32Array {
  return rows.map((row) => codes[row]!);
}
