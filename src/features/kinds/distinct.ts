import type { KindOf } from '../spec.ts';
import { bitmapBytes, bitsFrom, estimate, isExact, population } from './bitmap-cell.ts';
import type { Kind, Scope } from './kind.ts';
import { ringOf, tilesOf } from './need.ts';
import { writeOver } from './tiles.ts';
import { tileFor } from './windows.ts';

/**
 * How many different categories the field had in the window: exact for a closed vocabulary of up to 64 words, an estimate by
 * linear counting for an open one (within one for up to ten, about a tenth beyond). Never missing.
 */
export function distinct({ event, field, window, tile = tileFor(window), where }: KindOf<'distinct'>, scope: Scope): Kind {
  const tiles = window / tile;
  const words = scope.field(event, field).closed;
  const closed = isExact(words) ? words.map((word) => scope.codeOf(word)) : null;
  const bytes = bitmapBytes(closed);
  const [low, high] = [bitsFrom(0, bytes), bitsFrom(4, bytes)];
  return {
    needs: [{ input: { event, field, ...(where && { where }) }, shape: { keep: 'tiles', tile, tiles, cell: 'bitmap', closed } }],
    bind([place]) {
      const { over } = ringOf(place!);
      const { at } = place!;
      return (view, base, now) => {
        const set = population(over(view, base + at, now, tiles, low)) + (bytes > 4 ? population(over(view, base + at, now, tiles, high)) : 0);
        return closed === null ? estimate(set) : set;
      };
    },
    write([place], row) {
      const bits = (part: 0 | 4): string =>
        `population(${writeOver('bitsOver', row, place!.at, { tile, tiles: tilesOf(place!) }, tiles, bytes, part)})`;
      const set = bytes > 4 ? `${bits(0)} + ${bits(4)}` : bits(0);
      return closed === null ? `estimate(${set})` : set;
    },
  };
}
