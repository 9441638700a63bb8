import { DAY } from '../../base/index.ts';

/** Source and id that come again within this much received time are one event, delivered twice. */
export const REPEAT_HORIZON = 7 * DAY;

/** Tells deliveries that repeat one before. They are shown in the order of the log. */
export interface Repeats {
  /** Whether this repeats a delivery that was not a repetition itself; remembers it if not. `received` in ms. */
  check(source: string, id: string, received: number): boolean;
}

export function createRepeats(): Repeats {
  const first = new Map<string, number>();
  const days = new Map<number, string[]>();
  let newest = -Infinity;

  const forget = (before: number): void => {
    for (const [day, keys] of days) {
      if (day >= before) continue;
      for (const key of keys) if (Math.floor(first.get(key)! / DAY) === day) first.delete(key);
      days.delete(day);
    }
  };

  return {
    check(source, id, received) {
      const key = `${source.length}:${source}${id}`;
      const day = Math.floor(received / DAY);
      if (day > newest) {
        newest = day;
        forget(day - REPEAT_HORIZON / DAY - 1);
      }
      const before = first.get(key);
      if (before !== undefined && received - before <= REPEAT_HORIZON) return true;
      first.set(key, received);
      const keys = days.get(day);
      if (keys === undefined) days.set(day, [key]);
      else keys.push(key);
      return false;
    },
  };
}
