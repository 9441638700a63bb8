import type { KindOf } from '../spec.ts';
import type { Kind } from './kind.ts';
import { ringOf, tilesOf } from './need.ts';
import { writeOver } from './tiles.ts';
import { tileFor } from './windows.ts';

/** The greatest or the smallest value of the field in the window, as a float32; missing where there is none. */
function extreme(cell: 'max' | 'min', { event, field, window, tile = tileFor(window), where }: KindOf<'max'> | KindOf<'min'>): Kind {
  const tiles = window / tile;
  return {
    needs: [{ input: { event, field, ...(where && { where }) }, shape: { keep: 'tiles', tile, tiles, cell } }],
    bind([place]) {
      const { over } = ringOf(place!);
      return (view, base, now) => over(view, base + place!.at, now, tiles);
    },
    write: ([place], row) => writeOver('joinOver', row, place!.at, { tile, tiles: tilesOf(place!) }, tiles, `${cell}Cell`),
  };
}

export const max = (kind: KindOf<'max'>): Kind => extreme('max', kind);
export const min = (kind: KindOf<'min'>): Kind => extreme('min', kind);
