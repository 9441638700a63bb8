import type { Code, RowCode } from '../code/code.ts';

/**
 * Times as six bytes: ms from `EARLIEST`, little-endian; 0 is never. They hold from about 2230 before to 6690 after 1970, in
 * whole ms. A stamp is a time and 16 bits of tie.
 */
const EARLIEST = -(2 ** 46);
const MOST = 2 ** 48 - 1;

export const TIME_BYTES = 6;
export const STAMP_BYTES = 8;
/** What an empty stamp reads as. */
export const NEVER = -Infinity;

/** A time as it is stored: whole ms, held at the ends of what fits, 0 for never. */
export const storedOf = (time: number): number => (time === NEVER ? 0 : Math.min(MOST, Math.max(1, Math.floor(time) - EARLIEST)));

export const getStored = (view: DataView, at: number): number => view.getUint32(at, true) + view.getUint16(at + 4, true) * 0x100000000;

export function setStored(view: DataView, at: number, stored: number): void {
  view.setUint32(at, stored >>> 0, true);
  view.setUint16(at + 4, stored / 0x100000000, true);
}

export function getTime(view: DataView, at: number): number {
  const stored = getStored(view, at);
  return stored === 0 ? NEVER : stored + EARLIEST;
}

export const setTime = (view: DataView, at: number, time: number): void => setStored(view, at, storedOf(time));

export const getTie = (view: DataView, at: number): number => view.getUint16(at + TIME_BYTES, true);

export function setStamp(view: DataView, at: number, time: number, tie: number): void {
  setTime(view, at, time);
  view.setUint16(at + TIME_BYTES, tie & 0xffff, true);
}

/** Below, at or above zero as (time, tie) stands before, at or after the stamp at `at`. */
export function compareStamp(view: DataView, at: number, time: number, tie: number): number {
  return storedOf(time) - getStored(view, at) || (tie & 0xffff) - getTie(view, at);
}

/** `getTime` as an expression. */
export const writeTime = (row: RowCode, at: number): string => row.once(`getTime(${row.view}, ${row.place(at)})`);

/** As texts: the stored form of a time, and the statement that sets the one at a place to it. */
export function storing(code: Code, time: string): { stored: string; set: (place: string) => string } {
  const stored = code.once(`storedOf(${time})`);
  const low = code.once(`${stored} >>> 0`);
  const high = code.once(`Math.floor(${stored} / 0x100000000)`);
  return { stored, set: (place) => `view.setUint32(${place}, ${low}, true); view.setUint16(${place} + 4, ${high}, true);` };
}
