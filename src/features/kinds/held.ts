import { EMPTY, type Accumulator } from './accumulator.ts';
import { compareStamp, getTie, getTime, NEVER, setStamp, STAMP_BYTES } from './stamp.ts';

/** How one value lies in bytes. `EMPTY` is one of the values. */
export interface Cell {
  readonly bytes: number;
  get(view: DataView, at: number): number;
  set(view: DataView, at: number, value: number): void;
}

/** The cells by the type of what they hold. */
export type CellName = 'number' | 'flag' | 'category';

export const cellOf = (name: CellName): Cell => (name === 'number' ? numberCell : name === 'flag' ? flagCell : categoryCell);

/** A float64. */
export const numberCell: Cell = {
  bytes: 8,
  get: (view, at) => view.getFloat64(at, true),
  set: (view, at, value) => view.setFloat64(at, value, true),
};

/** Empty, 0 or 1. */
export const flagCell: Cell = {
  bytes: 1,
  get: (view, at) => [EMPTY, 0, 1][view.getUint8(at)]!,
  set: (view, at, value) => view.setUint8(at, value === EMPTY ? 0 : 1 + Number(value > 0)),
};

/** A 32-bit code of a category; 0 is empty. */
export const categoryCell: Cell = {
  bytes: 4,
  get: (view, at) => view.getUint32(at, true) || EMPTY,
  set: (view, at, value) => view.setUint32(at, value === EMPTY ? 0 : value, true),
};

/**
 * One value, kept for as long as no later (or, for `first`, earlier) one comes; of two at the same time the one with the higher
 * (lower) tie stays, then the higher value. Layout: stamp · value.
 */
export function held(keep: 'latest' | 'first', cell: Cell): Accumulator {
  const sign = keep === 'latest' ? 1 : -1;

  const add = (view: DataView, at: number, time: number, tie: number, value: number): void => {
    if (getTime(view, at) !== NEVER) {
      const order = sign * compareStamp(view, at, time, tie);
      if (order < 0 || (order === 0 && value <= cell.get(view, at + STAMP_BYTES))) return;
    }
    setStamp(view, at, time, tie);
    cell.set(view, at + STAMP_BYTES, value);
  };

  return {
    bytes: STAMP_BYTES + cell.bytes,
    init(view, at) {
      setStamp(view, at, NEVER, 0);
      cell.set(view, at + STAMP_BYTES, EMPTY);
    },
    add,
    merge(view, at, other, from) {
      const time = getTime(other, from);
      if (time !== NEVER) add(view, at, time, getTie(other, from), cell.get(other, from + STAMP_BYTES));
    },
  };
}

/** The value; NaN where there is none or it was cleared. */
export function heldValue(cell: Cell, view: DataView, at: number): number {
  const value = cell.get(view, at + STAMP_BYTES);
  return value === EMPTY ? NaN : value;
}
