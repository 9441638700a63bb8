import type { FieldValue } from '../../events/index.ts';
import type { Value } from '../../trees/index.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** How one field value lies in bytes. */
export interface Cell {
  readonly bytes: number;
  write(view: DataView, at: number, value: FieldValue): void;
  copy(view: DataView, at: number, other: DataView, from: number): void;
  read(view: DataView, at: number): Value;
}

/** A float64; NaN is missing. What is neither number nor boolean is missing. */
export const numericCell: Cell = {
  bytes: 8,
  write: (view, at, value) => {
    view.setFloat64(at, typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : NaN, true);
  },
  copy: (view, at, other, from) => view.setFloat64(at, other.getFloat64(from, true), true),
  read: (view, at) => {
    const value = view.getFloat64(at, true);
    return Number.isNaN(value) ? null : value;
  },
};

/** A 16-bit code of the vocabulary. */
export function categoricalCell(vocabulary: Vocabulary): Cell {
  return {
    bytes: 2,
    write: (view, at, value) => view.setUint16(at, value === null ? 0 : vocabulary.code(String(value)), true),
    copy: (view, at, other, from) => view.setUint16(at, other.getUint16(from, true), true),
    read: (view, at) => vocabulary.word(view.getUint16(at, true)),
  };
}
