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

export function getTime(view: DataView, at: number): number {
  const stored = view.getUint32(at, true) + view.getUint16(at + 4, true) * 0x100000000;
  return stored === 0 ? NEVER : stored + EARLIEST;
}

/** Times out of range are held at its ends. */
export function setTime(view: DataView, at: number, time: number): void {
  const stored = time === NEVER ? 0 : Math.min(MOST, Math.max(1, Math.floor(time) - EARLIEST));
  view.setUint32(at, stored % 0x100000000, true);
  view.setUint16(at + 4, Math.floor(stored / 0x100000000), true);
}

export const getTie = (view: DataView, at: number): number => view.getUint16(at + TIME_BYTES, true);

export function setStamp(view: DataView, at: number, time: number, tie: number): void {
  setTime(view, at, time);
  view.setUint16(at + TIME_BYTES, tie & 0xffff, true);
}

/** Below, at or above zero as (time, tie) stands before, at or after the stamp at `at`. */
export function compareStamp(view: DataView, at: number, time: number, tie: number): number {
  return time - getTime(view, at) || (tie & 0xffff) - getTie(view, at);
}
