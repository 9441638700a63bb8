import { log, mix32 } from '../../base/index.ts';
import type { TileCell } from './tile-cells.ts';

const BITS = 64;

/** Which of the 64 bits stands for a category. */
export type BitOf = (code: number) => number;

/** Closed vocabularies of up to 64 words have a bit a word; others share bits by a hash. */
export function bitsOf(closed: readonly number[] | null): BitOf {
  if (closed === null || closed.length > BITS) return (code) => mix32(code) % BITS;
  const places = new Map(closed.map((code, place) => [code, place]));
  return (code) => places.get(code) ?? BITS - 1;
}

/** The categories that a tile saw, as a bitmap of 64 bits. */
export function bitmapCell(bitOf: BitOf): TileCell {
  return {
    bytes: 8,
    clear(view, at) {
      view.setUint32(at, 0, true);
      view.setUint32(at + 4, 0, true);
    },
    add(view, at, code) {
      if (!(code > 0)) return; // empty
      const bit = bitOf(code);
      const word = at + (bit >>> 5) * 4;
      view.setUint32(word, view.getUint32(word, true) | (1 << (bit & 31)), true);
    },
    merge(view, at, other, from) {
      for (const word of [0, 4]) view.setUint32(at + word, view.getUint32(at + word, true) | other.getUint32(from + word, true), true);
    },
    none: 0,
    join: lowBits,
  };
}

export const lowBits: TileCell['join'] = (bits, view, at) => bits | view.getUint32(at, true);
export const highBits: TileCell['join'] = (bits, view, at) => bits | view.getUint32(at + 4, true);

/** How many of 32 bits are set. */
export function population(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** How many categories set that many bits by hash, most likely (linear counting, Whang et al. 1990), as a whole number. */
export function estimate(set: number): number {
  return Math.round(BITS * (log(BITS) - log(Math.max(1, BITS - set))));
}
