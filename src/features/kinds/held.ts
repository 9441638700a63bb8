import type { Aggregate } from './aggregate.ts';
import type { Cell } from './cell.ts';

/**
 * One value of a field, kept for as long as none comes that `beats` it. Layout: time f64 · tie u32 · value.
 * An event without the field says nothing; a null clears the value.
 */
export function held(field: string, cell: Cell, keep: 'latest' | 'first'): Aggregate {
  const never = keep === 'latest' ? -Infinity : Infinity;
  const beats = (time: number, tie: number, heldTime: number, heldTie: number): boolean => {
    if (time === heldTime) return keep === 'latest' ? tie > heldTie : tie < heldTie;
    return keep === 'latest' ? time > heldTime : time < heldTime;
  };
  const VALUE = 12;
  return {
    bytes: VALUE + cell.bytes,
    init(view, at) {
      view.setFloat64(at, never, true);
      view.setUint32(at + 8, 0, true);
      cell.write(view, at + VALUE, null);
    },
    add(view, at, { time, tie, data }) {
      const value = data[field];
      if (value === undefined) return;
      if (!beats(time, tie, view.getFloat64(at, true), view.getUint32(at + 8, true))) return;
      view.setFloat64(at, time, true);
      view.setUint32(at + 8, tie, true);
      cell.write(view, at + VALUE, value);
    },
    merge(view, at, other, from) {
      const time = other.getFloat64(from, true);
      const tie = other.getUint32(from + 8, true);
      if (time === never || !beats(time, tie, view.getFloat64(at, true), view.getUint32(at + 8, true))) return;
      view.setFloat64(at, time, true);
      view.setUint32(at + 8, tie, true);
      cell.copy(view, at + VALUE, other, from + VALUE);
    },
    read: (view, at) => cell.read(view, at + VALUE),
  };
}
