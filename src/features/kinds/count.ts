import type { Aggregate } from './aggregate.ts';
import { ring, type TileCell } from './tiles.ts';

const MOST = 0xffff;

/** A 16-bit count that stays at its greatest value. */
const counter: TileCell = {
  bytes: 2,
  get: (view, at) => view.getUint16(at, true),
  set: (view, at, value) => view.setUint16(at, Math.min(value, MOST), true),
};

/** How many events lie in the window. Never missing. */
export function count(window: number): Aggregate {
  const tiles = ring(window, counter);
  return {
    bytes: tiles.bytes,
    init: tiles.init,
    add: (view, at, { time }) => tiles.add(view, at, time, 1),
    merge: tiles.merge,
    read: tiles.total,
  };
}
