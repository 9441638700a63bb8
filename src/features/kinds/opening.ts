import { slotOf } from './tiles.ts';

/**
 * Opens the tiles after the newest one of a ring up to `number`, which is the newest from then on: what they held is too old.
 * Tiles of `size` bytes become zeros.
 */
export function openZero(view: DataView, at: number, newest: number, number: number, tiles: number, size: number): void {
  view.setInt32(at, number, true);
  const slots = tiles + 1;
  if (number - newest >= slots) return zero(view, at + 4, slots * size);
  let slot = slotOf(number, slots);
  for (let left = number - newest; left > 0; left--) {
    zero(view, at + 4 + slot * size, size);
    slot = slot === 0 ? tiles : slot - 1;
  }
}

/** As `openZero`, of 32-bit floats that become NaN. */
export function openNaN(view: DataView, at: number, newest: number, number: number, tiles: number): void {
  view.setInt32(at, number, true);
  const slots = tiles + 1;
  for (let next = Math.max(newest + 1, number - tiles); next <= number; next++) view.setFloat32(at + 4 + slotOf(next, slots) * 4, NaN, true);
}

function zero(view: DataView, at: number, bytes: number): void {
  let place = at;
  const end = at + bytes;
  for (; place + 8 <= end; place += 8) view.setFloat64(place, 0, true);
  for (; place < end; place++) view.setUint8(place, 0);
}
