import { EMPTY } from './accumulator.ts';
import { countCell } from './tile-cells.ts';
import { ring, type Ring, type RingShape } from './tiles.ts';

const MOST = 0xff;

/**
 * The ring of 8-bit counts, which most events of a replay go to: the same bytes as `ring` leaves, with the addition written out
 * for the tile that is open already.
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
  };
}
