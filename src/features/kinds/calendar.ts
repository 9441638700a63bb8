import { DAY, HOUR } from '../../base/index.ts';
import type { Aggregate } from './aggregate.ts';

const WEEKDAYS = ['Thursday', 'Friday', 'Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday']; // 1970-01-01 was a Thursday

/** When in the day (0–23) or week (the day's name) the first event fell, in UTC; missing when there was none. Layout: time f64. */
export function calendar(part: 'hour' | 'weekday'): Aggregate {
  const name = part === 'hour' ? hourOf : weekdayOf;
  return {
    bytes: 8,
    init: (view, at) => view.setFloat64(at, Infinity, true),
    add: (view, at, { time }) => keepOldest(view, at, time),
    merge: (view, at, other, from) => keepOldest(view, at, other.getFloat64(from, true)),
    read(view, at) {
      const time = view.getFloat64(at, true);
      return time === Infinity ? null : name(time);
    },
  };
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;
const hourOf = (time: number): number => Math.floor(modulo(time, DAY) / HOUR);
const weekdayOf = (time: number): string => WEEKDAYS[modulo(Math.floor(time / DAY), 7)]!;

function keepOldest(view: DataView, at: number, time: number): void {
  if (time < view.getFloat64(at, true)) view.setFloat64(at, time, true);
}
