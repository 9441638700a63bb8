/** Numbers by 64 bits of hash: open addressing in flat arrays, as data that a thread can be given. */
export interface Hashes {
  /** By place: one more than the number; 0 is free. */
  readonly places: Uint32Array;
  /** By number. */
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

export interface GrowingHashes {
  readonly count: number;
  /** The number of a hash: the next one where it is new. */
  number(high: number, low: number): number;
  finish(): Hashes;
}

const FULL = 0.6;

export function createHashes(): GrowingHashes {
  let places = new Uint32Array(2 ** 11);
  let high = new Uint32Array(2 ** 10);
  let low = new Uint32Array(2 ** 10);
  let count = 0;

  const grow = (): void => {
    places = new Uint32Array(2 * places.length);
    for (let number = 0; number < count; number++) places[placeOf({ places, high, low }, high[number]!, low[number]!)] = number + 1;
  };

  return {
    get count() {
      return count;
    },
    number(a, b) {
      const place = placeOf({ places, high, low }, a, b);
      if (places[place] !== 0) return places[place]! - 1;
      if (count === high.length) [high, low] = [longer(high), longer(low)];
      high[count] = a;
      low[count] = b;
      places[place] = count + 1;
      count += 1;
      if (count > FULL * places.length) grow();
      return count - 1;
    },
    finish: () => ({ places, high: high.slice(0, count), low: low.slice(0, count) }),
  };
}

/** The number of a hash; -1 where it is not there. */
export const findHash = (hashes: Hashes, high: number, low: number): number => hashes.places[placeOf(hashes, high, low)]! - 1;

/** The place of a hash, or the free one where it belongs. */
function placeOf({ places, high, low }: Hashes, a: number, b: number): number {
  const mask = places.length - 1;
  let at = a & mask;
  for (let held = places[at]!; held !== 0 && !(high[held - 1] === a && low[held - 1] === b); held = places[at]!) at = (at + 1) & mask;
  return at;
}

function longer(from: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(2 * from.length);
  to.set(from);
  return to;
}
