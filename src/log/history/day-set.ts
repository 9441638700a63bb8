import { KEY_WORDS, type DeliveryKey } from './delivery.ts';

/** The deliveries of one day with the time of day of each: open addressing in flat arrays, 16 bytes a place. */
export interface DaySet {
  /** The ms of the day at which a key was added; -1 where it was not. */
  find(key: DeliveryKey): number;
  /** Adds a key that is not there, or gives one that is there another time. */
  add(key: DeliveryKey, ms: number): void;
}

const FIRST = 2 ** 6;
const FULL = 0.7;

export function createDaySet(): DaySet {
  let size = FIRST;
  let keys = new Uint32Array(size * KEY_WORDS);
  let times = new Uint32Array(size); // one more than the ms; 0 is free
  let count = 0;

  /** The place of a key, or the free one where it belongs. */
  const placeOf = (a: number, b: number, c: number): number => {
    let at = a & (size - 1);
    while (times[at] !== 0 && !(keys[at * KEY_WORDS] === a && keys[at * KEY_WORDS + 1] === b && keys[at * KEY_WORDS + 2] === c)) at = (at + 1) & (size - 1);
    return at;
  };

  const put = (a: number, b: number, c: number, time: number): void => {
    const at = placeOf(a, b, c);
    count += Number(times[at] === 0);
    keys[at * KEY_WORDS] = a;
    keys[at * KEY_WORDS + 1] = b;
    keys[at * KEY_WORDS + 2] = c;
    times[at] = time;
  };

  const grow = (): void => {
    const [oldKeys, oldTimes] = [keys, times];
    size *= 2;
    count = 0;
    keys = new Uint32Array(size * KEY_WORDS);
    times = new Uint32Array(size);
    for (let i = 0; i < oldTimes.length; i++) {
      if (oldTimes[i] !== 0) put(oldKeys[i * KEY_WORDS]!, oldKeys[i * KEY_WORDS + 1]!, oldKeys[i * KEY_WORDS + 2]!, oldTimes[i]!);
    }
  };

  return {
    find: (key) => times[placeOf(key[0]!, key[1]!, key[2]!)]! - 1,
    add(key, ms) {
      if (count >= size * FULL) grow();
      put(key[0]!, key[1]!, key[2]!, ms + 1);
    },
  };
}
