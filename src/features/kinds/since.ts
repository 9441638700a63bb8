import { DAY } from '../../base/index.ts';
import type { Aggregate } from './aggregate.ts';

/** Days since the newest event, with fractions; missing when there was none. Layout: time f64. */
export const since: Aggregate = {
  bytes: 8,
  init: (view, at) => view.setFloat64(at, -Infinity, true),
  add: (view, at, { time }) => keepNewest(view, at, time),
  merge: (view, at, other, from) => keepNewest(view, at, other.getFloat64(from, true)),
  read(view, at, now) {
    const time = view.getFloat64(at, true);
    return time === -Infinity ? null : Math.max(0, now - time) / DAY;
  },
};

function keepNewest(view: DataView, at: number, time: number): void {
  if (time > view.getFloat64(at, true)) view.setFloat64(at, time, true);
}
