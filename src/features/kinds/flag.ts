import type { RowCode } from '../code/code.ts';
import { EMPTY, type Accumulator } from './accumulator.ts';

/**
 * A boolean with the moment since which it holds, in eight bytes: 46 bits of time, in ms from `EARLIEST`, 0 for never; 2 of value; 16 of tie.
 * The times reach from the year 855 to 3084.
 */
const EARLIEST = -(2 ** 45);
const MOST = 2 ** 46 - 1;
const BYTES = 8;
const HIGH = 4;
const TIE = 6;

const flagTimeOf = (time: number): number => Math.min(MOST, Math.max(1, Math.floor(time) - EARLIEST));
const timeAt = (view: DataView, at: number): number => view.getUint32(at, true) + (view.getUint16(at + HIGH, true) >>> 2) * 0x100000000;
const codeAt = (view: DataView, at: number): number => view.getUint16(at + HIGH, true) & 3;
/** Nothing, false, true. */
const codeOf = (value: number): number => (value === EMPTY ? 0 : 1 + Number(value > 0));

/** Puts a flag in the place of an earlier one (for `first`, a later one); of one moment the higher (lower) tie stays, then true before false before nothing. */
export function addFlag(view: DataView, at: number, keep: 'latest' | 'first', time: number, tie: number, value: number): void {
  enter(view, at, keep, flagTimeOf(time), tie & 0xffff, codeOf(value));
}

function enter(view: DataView, at: number, keep: 'latest' | 'first', time: number, tie: number, code: number): void {
  const held = timeAt(view, at);
  if (held !== 0) {
    const order = time - held || tie - view.getUint16(at + TIE, true);
    if ((keep === 'latest' ? order < 0 : order > 0) || (order === 0 && code <= codeAt(view, at))) return;
  }
  view.setUint32(at, time >>> 0, true);
  view.setUint16(at + HIGH, (Math.floor(time / 0x100000000) << 2) | code, true);
  view.setUint16(at + TIE, tie, true);
}

/** As `held` does of a value, of a boolean. */
export function heldFlag(keep: 'latest' | 'first'): Accumulator {
  return {
    bytes: BYTES,
    init(view, at) {
      for (let i = 0; i < BYTES; i++) view.setUint8(at + i, 0);
    },
    add: (view, at, time, tie, value) => addFlag(view, at, keep, time, tie, value),
    write: (_code, { at, time, tie, value }) => `addFlag(view, base + ${at}, '${keep}', ${time}, ${tie}, ${value});`,
    merge(view, at, other, from) {
      const time = timeAt(other, from);
      if (time !== 0) enter(view, at, keep, time, other.getUint16(from + TIE, true), codeAt(other, from));
    },
  };
}

/** 0 or 1; NaN where there is none or it was cleared. */
export const flagValue = (view: DataView, at: number): number => [NaN, 0, 1][codeAt(view, at)]!;

/** `flagValue` as an expression. */
export const writeFlag = (row: RowCode, at: number): string => `((${row.view}.getUint16(${row.place(at + HIGH)}, true) & 3 || NaN) - 1)`;
