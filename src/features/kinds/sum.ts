import type { Aggregate } from './aggregate.ts';
import { ring, type TileCell } from './tiles.ts';

const total: TileCell = {
  bytes: 8,
  get: (view, at) => view.getFloat64(at, true),
  set: (view, at, value) => view.setFloat64(at, value, true),
};

/** The sum of `field` over the window. Events without a number in it add nothing. Never missing. */
export function sum(field: string, window: number): Aggregate {
  const tiles = ring(window, total);
  return {
    bytes: tiles.bytes,
    init: tiles.init,
    add(view, at, { time, data }) {
      const amount = data[field];
      if (typeof amount === 'number') tiles.add(view, at, time, amount);
    },
    merge: tiles.merge,
    read: tiles.total,
  };
}
