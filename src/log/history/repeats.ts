import { DAY } from '../../base/index.ts';
import { createDaySet, type DaySet } from './day-set.ts';
import { deliveryKey, KEY_WORDS, type DeliveryKey } from './delivery.ts';

/** Source and id that come again within this much received time are one event, delivered twice. */
export const REPEAT_HORIZON = 7 * DAY;

/** Tells deliveries that repeat one before. They are shown in the order of the log. About 25 bytes each for eight days. */
export interface Repeats {
  /** Whether this repeats a delivery that was not a repetition itself; remembers it if not. `received` in ms. */
  check(source: string, id: string, received: number): boolean;
  /** Remembers a delivery that is known to be none, by its key. */
  remember(key: DeliveryKey, received: number): void;
  /** The first received day that can still matter; -Infinity before anything came. */
  oldestDay(): number;
}

export const dayOf = (received: number): number => Math.floor(received / DAY);

/** `onNew` is told of each delivery that `check` remembers; the key is good until the next one. */
export function createRepeats(onNew?: (key: DeliveryKey, received: number) => void): Repeats {
  let days: { readonly day: number; readonly set: DaySet }[] = []; // the newest first: what repeats most often repeats soon
  const key = new Uint32Array(KEY_WORDS);
  let newest = -Infinity;
  const oldestDay = (): number => newest - REPEAT_HORIZON / DAY - 1;

  const advance = (day: number): void => {
    if (day <= newest) return;
    newest = day;
    days = days.filter((it) => it.day >= oldestDay());
  };

  const remember = (delivery: DeliveryKey, received: number): void => {
    const day = dayOf(received);
    let of = days.find((it) => it.day === day);
    if (of === undefined) {
      of = { day, set: createDaySet() };
      days = [...days, of].toSorted((a, b) => b.day - a.day);
    }
    of.set.add(delivery, received - day * DAY);
  };

  const isKnown = (received: number): boolean => {
    for (let i = 0; i < days.length; i++) {
      const { day, set } = days[i]!;
      const ms = set.find(key);
      if (ms >= 0 && received - (day * DAY + ms) <= REPEAT_HORIZON) return true;
    }
    return false;
  };

  return {
    check(source, id, received) {
      deliveryKey(source, id, key);
      advance(dayOf(received));
      if (isKnown(received)) return true;
      remember(key, received);
      onNew?.(key, received);
      return false;
    },
    remember(of, received) {
      advance(dayOf(received));
      remember(of, received);
    },
    oldestDay,
  };
}
