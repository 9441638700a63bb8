import { log, mix32 } from '../../base/index.ts';
import type { TileCell } from './tile-cells.ts';
import { slotOf } from './tiles.ts';

const BITS = 64;

/** Whether a vocabulary is so small that each of its words has a bit. */
export const isExact = <T>(closed: readonly T[] | null): closed is readonly T[] => closed !== null && closed.length <= BITS;

/** How many bytes a bitmap has: a bit for each word of a closed vocabulary, or 64 that categories share. */
export const bitmapBytes = (closed: readonly unknown[] | null): number => (isExact(closed) ? Math.ceil(closed.length / 8) : BITS / 8);

/** Which bit stands for a category: its own, or one by a hash. */
export function bitsOf(closed: readonly number[] | null): (code: number) => number {
  if (!isExact(closed)) return (code) => mix32(code) % BITS;
  const places = new Map(closed.map((code, place) => [code, place]));
  return (code) => places.get(code) ?? closed.length - 1;
}

/** `bitsOf` as an expression. */
function writeBit(closed: readonly number[] | null, value: string): string {
  if (!isExact(closed)) return `mix32(${value}) % ${BITS}`;
  return closed.map((code, place) => `${value} === ${code} ? ${place} : `).join('') + (closed.length - 1);
}

/** The categories that a tile saw, as a bitmap. */
export function bitmapCell(closed: readonly number[] | null): TileCell {
  const bitOf = bitsOf(closed);
  const bytes = bitmapBytes(closed);
  return {
    bytes,
    clear(view, at) {
      for (let i = 0; i < bytes; i++) view.setUint8(at + i, 0);
    },
    add(view, at, code) {
      if (!(code > 0)) return; // empty
      const bit = bitOf(code);
      const byte = at + (bit >>> 3);
      view.setUint8(byte, view.getUint8(byte) | (1 << (bit & 7)));
    },
    write: (place, value) => `if (${value} > 0) {
      const bit = ${writeBit(closed, value)}, byte = ${place} + (bit >>> 3);
      view.setUint8(byte, view.getUint8(byte) | (1 << (bit & 7)));
    }`,
    none: 0,
    join: bitsFrom(0, bytes),
    merge(view, at, other, from) {
      for (let i = 0; i < bytes; i++) view.setUint8(at + i, view.getUint8(at + i) | other.getUint8(from + i));
    },
  };
}

/** Joins the bits of the bytes from `begin` up to `end`, four at most. */
export function bitsFrom(begin: number, end: number): TileCell['join'] {
  const to = Math.min(end, begin + 4);
  return (bits, view, at) => {
    let joined = bits;
    for (let i = begin; i < to; i++) joined |= view.getUint8(at + i) << (8 * (i - begin));
    return joined;
  };
}

/** The bits of the bytes from `part` on, four at most, of all tiles of a window up to that of the number `last`. */
export function bitsOver(view: DataView, at: number, last: number, window: number, tiles: number, bytes: number, part: number): number {
  const newest = view.getInt32(at, true);
  const end = Math.min(bytes, part + 4);
  const to = Math.min(newest, last);
  let joined = 0;
  for (let number = Math.max(last - window, newest - tiles); number <= to; number++) {
    const place = at + 4 + slotOf(number, tiles + 1) * bytes;
    for (let i = part; i < end; i++) joined |= view.getUint8(place + i) << (8 * (i - part));
  }
  return joined;
}

/** How many of 32 bits are set. */
export function population(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** How many categories set that many of 64 bits by a hash, most likely (linear counting, Whang et al. 1990), as a whole number. */
export function estimate(set: number): number {
  return Math.round(BITS * (log(BITS) - log(Math.max(1, BITS - set))));
}
