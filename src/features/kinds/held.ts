import { EMPTY, type Accumulator } from './accumulator.ts';
import type { RowCode } from '../code/code.ts';
import { compareStamp, getTie, getTime, NEVER, setStamp, STAMP_BYTES, storing, TIME_BYTES } from './stamp.ts';

/** How one value lies in bytes. `EMPTY` is one of the values. */
export interface Cell {
  readonly bytes: number;
  get(view: DataView, at: number): number;
  set(view: DataView, at: number, value: number): void;
  /** As texts, of the value at a place. */
  readonly write: { get(view: string, place: string): string; set(place: string, value: string): string };
}

/** The cells by the type of what they hold. */
export type CellName = 'number' | 'flag' | 'category';

export const cellOf = (name: CellName): Cell => (name === 'number' ? numberCell : name === 'flag' ? flagCell : categoryCell);

/** A float64. */
export const numberCell: Cell = {
  bytes: 8,
  get: (view, at) => view.getFloat64(at, true),
  set: (view, at, value) => view.setFloat64(at, value, true),
  write: {
    get: (view, place) => `${view}.getFloat64(${place}, true)`,
    set: (place, value) => `view.setFloat64(${place}, ${value}, true);`,
  },
};

/** Empty, 0 or 1. */
export const flagCell: Cell = {
  bytes: 1,
  get: (view, at) => [EMPTY, 0, 1][view.getUint8(at)]!,
  set: (view, at, value) => view.setUint8(at, value === EMPTY ? 0 : 1 + Number(value > 0)),
  write: {
    get: (view, place) => `((${view}.getUint8(${place}) || -Infinity) - 1)`,
    set: (place, value) => `view.setUint8(${place}, ${value} === -Infinity ? 0 : ${value} > 0 ? 2 : 1);`,
  },
};

/** A 32-bit code of a category; 0 is empty. */
export const categoryCell: Cell = {
  bytes: 4,
  get: (view, at) => view.getUint32(at, true) || EMPTY,
  set: (view, at, value) => view.setUint32(at, value === EMPTY ? 0 : value, true),
  write: {
    get: (view, place) => `(${view}.getUint32(${place}, true) || -Infinity)`,
    set: (place, value) => `view.setUint32(${place}, ${value} === -Infinity ? 0 : ${value}, true);`,
  },
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
    write(code, { at, time, tie, value }) {
      const [place, tied, cellAt] = [`base + ${at}`, `base + ${at + TIME_BYTES}`, `base + ${at + STAMP_BYTES}`];
      const { stored, set } = storing(code, time);
      const low = code.once(`${tie} & 0xffff`);
      const before = keep === 'latest' ? '<' : '>';
      const ofOneTime = `held === ${stored} && (tied ${before} ${low} || (tied === ${low} && ${cell.write.get('view', cellAt)} < ${value}))`;
      return `{
        const held = getStored(view, ${place}), tied = view.getUint16(${tied}, true);
        if (${keep === 'first' ? 'held === 0 || ' : ''}held ${before} ${stored} || (${ofOneTime})) {
          ${set(place)} view.setUint16(${tied}, ${low}, true); ${cell.write.set(cellAt, value)}
        }
      }`;
    },
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

/** `heldValue` as an expression. */
export function writeHeld(cell: Cell, row: RowCode, at: number): string {
  const value = row.once(cell.write.get(row.view, row.place(at + STAMP_BYTES)));
  return `(${value} === -Infinity ? NaN : ${value})`;
}
