import { Fault, quote } from '../base/index.ts';
import { inferColumn } from './infer.ts';
import { UNLABELLED } from './missing.ts';
import { parseNumber } from './numbers.ts';
import type { RawColumn } from './raw-table.ts';

/** Which rows have which number to foretell. */
export interface NumberLabel {
  kind: 'number';
  name: string;
  /** Rows with a number, in file order, and the numbers. */
  rows: Int32Array;
  labels: Float64Array;
  /** Rows left out: blank, and with a cell that is no number. */
  unlabelled: number;
  unreadable: number;
}

/** Reads a label of numbers, with either decimal mark. Throws a Fault where more than one cell in a hundred is no number. */
export function readNumberLabel(column: RawColumn): NumberLabel {
  const { column: found, filled, unreadable } = inferColumn(column, (text) => UNLABELLED.includes(text.toLowerCase()));
  if (found?.kind !== 'numeric') throw notNumbers(column, filled);
  const numbers = column.texts.map((text) => parseNumber(text, found.decimal));
  const isLabelled = (code: number): boolean => numbers[code] !== null;
  const rows = Int32Array.from(column.codes.keys()).filter((row) => isLabelled(column.codes[row]!));
  return {
    kind: 'number',
    name: column.name,
    rows,
    labels: Float64Array.from(rows, (row) => numbers[column.codes[row]!]!),
    unlabelled: column.codes.length - filled,
    unreadable,
  };
}

function notNumbers(column: RawColumn, filled: number): Fault {
  const stranger = column.texts.find((text) => parseNumber(text, '.') === null && !UNLABELLED.includes(text.toLowerCase()));
  return new Fault({
    kind: 'input',
    value: `label column ${quote(column.name)}`,
    rule: filled === 0 ? 'it holds no value' : `it holds ${quote(stranger ?? column.texts[0]!, 30)}, where --loss asks for numbers`,
    remedy: 'name a column of numbers, or leave --loss out for a label of two values',
  });
}
