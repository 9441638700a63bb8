import { DAY, HOUR } from '../../base/index.ts';
import type { KindOf } from '../spec.ts';
import type { Kind } from './kind.ts';
import { getTime, NEVER, writeTime } from './stamp.ts';
import { offsetOf } from './zones.ts';

const WEEKDAYS = ['Thursday', 'Friday', 'Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday']; // 1970-01-01 was a Thursday
const modulo = (value: number, by: number): number => ((value % by) + by) % by;

/** By the part, of a time on the clocks of the zone, ms. */
export const PARTS = {
  hour: (local: number): number => Math.floor(modulo(local, DAY) / HOUR),
  weekday: (local: number): number => modulo(Math.floor(local / DAY), 7) + 1,
  /** Of the quarter: 1 to 92. */
  quarter_day(local: number): number {
    const date = new Date(local);
    const begin = Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3);
    return Math.floor((local - begin) / DAY) + 1;
  },
};

/**
 * When in the day (0–23), the week (the day's name) or the quarter (1–92) the first event fell, or `now` is, on the clocks of a
 * zone; missing when there was no event.
 */
export function calendar({ event, part, zone = 'UTC', of = 'first' }: KindOf<'calendar'>): Kind {
  const partOf = PARTS[part];
  return {
    needs: [{ input: { event }, shape: { keep: 'oldest' } }],
    bind: ([place]) => (view, base, now) => {
      const first = getTime(view, base + place!.at);
      if (first === NEVER) return NaN;
      const time = of === 'now' ? now : first;
      return partOf(time + offsetOf(zone, time));
    },
    write([place], row) {
      const first = writeTime(row, place!.at);
      const time = of === 'now' ? 'now' : first;
      const local = zone === 'UTC' ? time : `${time} + offsetOf('${zone}', ${time})`;
      return `(${first} === -Infinity ? NaN : PARTS.${part}(${local}))`;
    },
    ...(part === 'weekday' && { words: (code) => WEEKDAYS[code - 1] ?? null }),
  };
}
