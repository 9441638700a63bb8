import { exp } from '../../base/index.ts';
import type { Aggregate } from './aggregate.ts';

/**
 * Each event counts 1 when it happens and half as much after every half-life.
 * Layout: time of the newest event f64 · the sum as of then f64.
 */
export function decayed(halfLife: number): Aggregate {
  const rate = Math.LN2 / halfLife;
  const fade = (ms: number): number => exp(-ms * rate);

  const add = (view: DataView, at: number, time: number, amount: number): void => {
    const newest = view.getFloat64(at, true);
    const held = view.getFloat64(at + 8, true);
    if (time <= newest) {
      view.setFloat64(at + 8, held + amount * fade(newest - time), true);
      return;
    }
    view.setFloat64(at, time, true);
    view.setFloat64(at + 8, held * fade(time - newest) + amount, true);
  };

  return {
    bytes: 16,
    init(view, at) {
      view.setFloat64(at, -Infinity, true);
      view.setFloat64(at + 8, 0, true);
    },
    add: (view, at, { time }) => add(view, at, time, 1),
    merge(view, at, other, from) {
      const time = other.getFloat64(from, true);
      if (time !== -Infinity) add(view, at, time, other.getFloat64(from + 8, true));
    },
    read: (view, at, now) => view.getFloat64(at + 8, true) * fade(Math.max(0, now - view.getFloat64(at, true))),
  };
}
