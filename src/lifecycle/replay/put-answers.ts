import type { Asks } from './asks.ts';
import { bitsOf } from './values.ts';

/** Where the values of samples go. */
export interface Room {
  /** By row: where its values begin, and how far each lies from the one before. */
  readonly at: Int32Array;
  readonly size: Int32Array;
  readonly bits: Uint32Array;
  /** Those of `bits`. */
  readonly floats: Float32Array;
  /** As of `Readings`. */
  readonly wanted: number;
  readonly less: Int32Array;
  /** By feature: 1 where its values are codes. */
  readonly isCode: Uint8Array;
  /** By row, so many own parts of features that leave them out. */
  readonly parts: Float64Array;
  readonly width: number;
}

/** What was answered, in the order of the questions. */
export interface Answered {
  readonly answers: Float64Array;
  /** By key: the features that its row was read for. */
  readonly placesAt: readonly Int32Array[];
  /** By key: 1 where its answers are put. */
  readonly isSettled: Uint8Array;
}

export function putAnswers(room: Room, { keys, samples, count }: Asks, { answers, placesAt, isSettled }: Answered): void {
  let from = 0;
  for (let ask = 0; ask < count; ask++) {
    const key = keys[ask]!;
    const places = placesAt[key]!;
    if (isSettled[key] === 1) put(room, samples[ask]!, places, answers, from);
    from += places.length;
  }
}

function put({ at, size, bits, floats, wanted, less, isCode, parts, width }: Room, row: number, places: Int32Array, answers: Float64Array, from: number): void {
  const begin = at[row]!;
  const step = size[row]!;
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!;
    const value = answers[from + i]!;
    if (place >= wanted) parts[row * width + place - wanted] = value;
    else if (isCode[place] === 1) bits[begin + place * step] = bitsOf(value);
    else floats[begin + place * step] = less[place] === -1 ? value : Math.max(0, value - parts[row * width + less[place]! - wanted]!);
  }
}
