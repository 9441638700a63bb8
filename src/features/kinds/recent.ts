import type { Accumulator } from './accumulator.ts';
import type { RowCode } from '../code/code.ts';
import { compareStamp, getTie, getTime, NEVER, setStamp, STAMP_BYTES } from './stamp.ts';

const ENTRY = STAMP_BYTES + 2;

/** The codes of the newest `length` events, newest first. Layout: entries of stamp · code u16. */
export function recent(length: number): Accumulator {
  return {
    bytes: length * ENTRY,
    init(view, at) {
      for (let i = 0; i < length; i++) {
        setStamp(view, at + i * ENTRY, NEVER, 0);
        view.setUint16(at + i * ENTRY + STAMP_BYTES, 0, true);
      }
    },
    add: (view, at, time, tie, code) => addRecent(view, at, length, time, tie, code),
    write: (_code, { at, time, tie, value }) => `addRecent(view, base + ${at}, ${length}, ${time}, ${tie}, ${value});`,
    merge(view, at, other, from) {
      for (let i = 0; i < length; i++) {
        const entry = from + i * ENTRY;
        const time = getTime(other, entry);
        if (time !== NEVER) addRecent(view, at, length, time, getTie(other, entry), other.getUint16(entry + STAMP_BYTES, true));
      }
    },
  };
}

/** Puts an event among the newest `length`, where it belongs to them. */
export function addRecent(view: DataView, at: number, length: number, time: number, tie: number, code: number): void {
  let place = length;
  while (place > 0 && after(view, at + (place - 1) * ENTRY, time, tie, code)) place -= 1;
  if (place === length) return;
  for (let i = length - 1; i > place; i--) copy(view, at + i * ENTRY, view, at + (i - 1) * ENTRY);
  setStamp(view, at + place * ENTRY, time, tie);
  view.setUint16(at + place * ENTRY + STAMP_BYTES, code, true);
}

/** The code at a place, the newest at 0; NaN where there are fewer events. */
export function recentCode(view: DataView, at: number, place: number): number {
  return view.getUint16(at + place * ENTRY + STAMP_BYTES, true) || NaN;
}

/** `recentCode` as an expression. */
export const writeRecent = (row: RowCode, at: number, place: number): string =>
  `(${row.view}.getUint16(${row.place(at + place * ENTRY + STAMP_BYTES)}, true) || NaN)`;

/** Whether an event comes after the one that stands at an entry. */
function after(view: DataView, entry: number, time: number, tie: number, code: number): boolean {
  if (getTime(view, entry) === NEVER) return true;
  return (compareStamp(view, entry, time, tie) || code - view.getUint16(entry + STAMP_BYTES, true)) > 0;
}

function copy(view: DataView, at: number, other: DataView, from: number): void {
  for (let i = 0; i < ENTRY; i++) view.setUint8(at + i, other.getUint8(from + i));
}
