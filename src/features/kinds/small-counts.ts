import { EMPTY } from './accumulator.ts';
import { countCell } from './tile-cells.ts';
import { ring, type Ring, type RingShape } from './tiles.ts';

const MOST = 0xff;

/**
 * The ring of 8-bit counts, which most events of a replay go to: the same bytes as `ring` leaves, with the addition written out
 * for the tile that is open already, and the sum.
 */
export function smallCounts(shape: Omit<RingShape, 'cell'>): Ring {
  const plain = ring({ ...shape, cell: countCell(1) });
  const { tile, tiles } = shape;
  const slots = tiles + 1;
  return {
    ...plain,
    add(view, at, time, tie, value) {
      const number = Math.floor(time / tile);
      const newest = view.getInt32(at, true);
      if (number > newest || number < 0) return plain.add(view, at, time, tie, value);
      if (number < newest - tiles || value === EMPTY) return;
      const place = at + 4 + ((number | 0) % slots); // whole in 32 bits: the remainder of doubles is slow
      const held = view.getUint8(place);
      if (held < MOST) view.setUint8(place, held + 1);
    },
    over(view, at, now, window, join) {
      const last = Math.floor(now / tile);
      const newest = view.getInt32(at, true);
      const to = Math.min(newest, last);
      const from = Math.max(last - window, newest - tiles);
      if (join !== undefined || from < 0) return plain.over(view, at, now, window, join);
      let sum = 0;
      let slot = (from | 0) % slots;
      for (let left = to - from; left >= 0; left--) {
        sum += view.getUint8(at + 4 + slot);
        slot = slot + 1 === slots ? 0 : slot + 1;
      }
      return sum;
    },
  };
}
