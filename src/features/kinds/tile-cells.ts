import { EMPTY } from './accumulator.ts';

/** What one tile holds. */
export interface TileCell {
  readonly bytes: number;
  clear(view: DataView, at: number): void;
  add(view: DataView, at: number, value: number): void;
  /** The statements that do what `add` does, to `view` at a place. */
  write(place: string, value: string): string;
  /** The answer over no tile. */
  readonly none: number;
  /** An answer and one more tile. */
  join(answer: number, view: DataView, at: number): number;
  /** Adds another tile of the same kind of cell. */
  merge(view: DataView, at: number, other: DataView, from: number): void;
  /** Only where tiles add up. */
  readonly amounts?: Amounts;
}

/** A tile as a number that can be added and taken out again; the widths of two cells may differ. */
export interface Amounts {
  get(view: DataView, at: number): number;
  put(view: DataView, at: number, amount: number): void;
  /** A cell that is at its greatest value stays there. */
  take(view: DataView, at: number, amount: number): void;
}

/** Bytes of a whole number ≥ 0. */
export type Width = 1 | 2 | 4;

/** How a whole number of so many bytes is read at a place of a view, as an expression. */
export const writeGet = (width: Width, view: string, place: string): string =>
  width === 1 ? `${view}.getUint8(${place})` : `${view}.getUint${8 * width}(${place}, true)`;

interface Unsigned {
  readonly most: number;
  get(view: DataView, at: number): number;
  set(view: DataView, at: number, value: number): void;
}

const WIDTHS: Record<Width, Unsigned> = {
  1: { most: 0xff, get: (view, at) => view.getUint8(at), set: (view, at, value) => view.setUint8(at, value) },
  2: { most: 0xffff, get: (view, at) => view.getUint16(at, true), set: (view, at, value) => view.setUint16(at, value, true) },
  4: { most: 0xffffffff, get: (view, at) => view.getUint32(at, true), set: (view, at, value) => view.setUint32(at, value, true) },
};

/** A sum of whole numbers ≥ 0 that stays at its greatest value once it is there. */
function unsigned(width: Width, amountOf: (value: number) => number, writeAmount: (value: string) => string): TileCell {
  const { most, get, set } = WIDTHS[width];
  const put = (view: DataView, at: number, amount: number): void => set(view, at, Math.min(most, get(view, at) + amount));
  return {
    bytes: width,
    clear: (view, at) => set(view, at, 0),
    add: (view, at, value) => put(view, at, amountOf(value)),
    write: (place, value) =>
      `{ const at = ${place}; view.setUint${8 * width}(at, Math.min(${most}, ${writeGet(width, 'view', 'at')} + ${writeAmount(value)}), true); }`,
    none: 0,
    join: (answer, view, at) => answer + get(view, at),
    merge: (view, at, other, from) => put(view, at, get(other, from)),
    amounts: {
      get,
      put,
      take(view, at, amount) {
        const held = get(view, at);
        if (held < most) set(view, at, Math.max(0, held - amount));
      },
    },
  };
}

/** How many: each event is one, whatever its value, unless that is empty. */
export const countCell = (width: Width): TileCell => unsigned(width, (value) => Number(value !== EMPTY), (value) => (value === '1' ? '1' : `(${value} === -Infinity ? 0 : 1)`));

/** The sum of whole numbers ≥ 0. */
export const weightCell = (width: Width): TileCell => unsigned(width, (value) => value, (value) => value);

/** The sum of amounts ≥ 0, each rounded to a whole number. What is no number adds nothing. */
export const smallSumCell: TileCell = unsigned(
  4,
  (value) => (value > 0 ? Math.min(0xffffffff, Math.round(value)) : 0),
  (value) => `(${value} > 0 ? Math.min(0xffffffff, Math.round(${value})) : 0)`,
);

const MOST_AMOUNT = 2 ** 43;
const getAmount = (view: DataView, at: number): number => view.getFloat64(at, true);
const putAmount = (view: DataView, at: number, amount: number): void => view.setFloat64(at, getAmount(view, at) + amount, true);

export function addAmount(view: DataView, at: number, value: number): void {
  if (Number.isFinite(value)) putAmount(view, at, Math.max(-MOST_AMOUNT, Math.min(MOST_AMOUNT, Math.round(value))));
}

/**
 * The sum of amounts of either sign, each rounded to a whole number of at most 2^43. Whole numbers in a float64: exact for the
 * first thousand of the greatest.
 */
export const largeSumCell: TileCell = {
  bytes: 8,
  clear: (view, at) => view.setFloat64(at, 0, true),
  add: addAmount,
  write: (place, value) => `addAmount(view, ${place}, ${value});`,
  none: 0,
  join: (answer, view, at) => answer + getAmount(view, at),
  merge: (view, at, other, from) => putAmount(view, at, getAmount(other, from)),
  amounts: { get: getAmount, put: putAmount, take: (view, at, amount) => putAmount(view, at, -amount) },
};
