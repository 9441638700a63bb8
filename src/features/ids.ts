import { Fault, quote } from '../base/index.ts';

/** A subject in 14 bytes: 255 and the 20 characters of base 36 as two numbers of 52 bits, or a length and up to 13 characters. */
export const ID_BYTES = 14;
const PACKED = 255;
const HALF = 10;
/** Where the highest four bits of either number lie. */
const TOPS = 13;

/** Writes a subject without its prefix; null is none. Throws a Fault for one that the gate did not make and that is longer than a row can hold. */
export function setId(view: DataView, at: number, id: string | null): void {
  const [first, second] = id?.length === 2 * HALF ? [halfOf(id, 0), halfOf(id, HALF)] : [-1, -1];
  if (first >= 0 && second >= 0) {
    view.setUint8(at, PACKED);
    const top = setHalf(view, at + 1, first);
    view.setUint8(at + TOPS, top | (setHalf(view, at + 7, second) << 4));
    return;
  }
  if (id !== null) checkRaw(id);
  view.setUint8(at, id?.length ?? 0);
  for (let i = 1; i < ID_BYTES; i++) view.setUint8(at + i, id?.charCodeAt(i - 1) || 0);
}

function checkRaw(id: string): void {
  if (id.length === 0 || id.length >= ID_BYTES || !/^[!-~]+$/u.test(id)) {
    throw new Fault({ kind: 'input', value: quote(id), rule: `an id is 20 of 0–9 and a–z, or at most ${ID_BYTES - 1} characters of ASCII`, remedy: 'use a subject of the gate' });
  }
}

export function getId(view: DataView, at: number): string | null {
  const length = view.getUint8(at);
  if (length === 0) return null;
  if (length === PACKED) {
    const tops = view.getUint8(at + TOPS);
    return getHalf(view, at + 1, tops & 0xf) + getHalf(view, at + 7, tops >>> 4);
  }
  let id = '';
  for (let i = 0; i < length; i++) id += String.fromCharCode(view.getUint8(at + 1 + i));
  return id;
}

/** Writes the lower 48 bits of a number; returns the four above. */
function setHalf(view: DataView, at: number, value: number): number {
  view.setUint32(at, value % 0x100000000, true);
  const high = Math.floor(value / 0x100000000);
  view.setUint16(at + 4, high & 0xffff, true);
  return high >>> 16;
}

/** Ten digits of base 36, from the first; number by number, as to convert one of 52 bits at once takes ten times as long. */
function getHalf(view: DataView, at: number, top: number): string {
  const high = view.getUint16(at + 4, true) + top * 0x10000;
  const value = view.getUint32(at, true) + high * 0x100000000;
  const upper = Math.floor(value / FIVE_DIGITS);
  const lower = value - upper * FIVE_DIGITS;
  return String.fromCharCode(
    digit(upper, 36 ** 4), digit(upper, 36 ** 3), digit(upper, 36 ** 2), digit(upper, 36), digit(upper, 1),
    digit(lower, 36 ** 4), digit(lower, 36 ** 3), digit(lower, 36 ** 2), digit(lower, 36), digit(lower, 1),
  );
}

const FIVE_DIGITS = 36 ** 5;

/** Ten digits of base 36 from a place on as a number; negative where one is none. */
function halfOf(id: string, from: number): number {
  const [upper, lower] = [fiveOf(id, from), fiveOf(id, from + 5)];
  return upper < 0 || lower < 0 ? -1 : upper * FIVE_DIGITS + lower;
}

function fiveOf(id: string, from: number): number {
  let value = 0;
  for (let i = from; i < from + 5; i++) {
    const code = id.charCodeAt(i);
    if (code >= 48 && code < 58) value = value * 36 + code - 48;
    else if (code >= 97 && code < 123) value = value * 36 + code - 87;
    else return -1;
  }
  return value;
}

/** The character of one digit of a number below 36^5. */
function digit(value: number, place: number): number {
  const of = ((value / place) | 0) % 36;
  return of < 10 ? 48 + of : 87 + of;
}
