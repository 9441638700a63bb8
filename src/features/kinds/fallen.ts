import type { KindOf } from '../spec.ts';
import { heldValue, numberCell, writeHeld } from './held.ts';
import type { Kind } from './kind.ts';
import { ringOf, tilesOf } from './need.ts';
import { writeOver } from './tiles.ts';
import { tileFor } from './windows.ts';

/** How far the newest value of the field lies below the greatest of the window, at least 0; missing where there is none. */
export function fallen({ event, field, window, tile = tileFor(window), where }: KindOf<'fallen'>): Kind {
  const input = { event, field, ...(where && { where }) };
  const tiles = window / tile;
  return {
    needs: [{ input, shape: { keep: 'tiles', tile, tiles, cell: 'max' } }, { input, shape: { keep: 'latest', cell: 'number' } }],
    bind([best, last]) {
      const { over } = ringOf(best!);
      return (view, base, now) =>
        Math.max(0, over(view, base + best!.at, now, tiles) - Math.fround(heldValue(numberCell, view, base + last!.at)));
    },
    write([best, last], row) {
      const most = writeOver('joinOver', row, best!.at, { tile, tiles: tilesOf(best!) }, tiles, 'maxCell');
      return `Math.max(0, ${most} - Math.fround(${writeHeld(numberCell, row, last!.at)}))`;
    },
  };
}
