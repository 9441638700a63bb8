import { DAY } from '../../base/index.ts';
import type { KindOf } from '../spec.ts';
import { cellOf, heldValue, writeHeld } from './held.ts';
import { cellFor, type Kind, type Scope } from './kind.ts';
import { getTime, NEVER, writeTime } from './stamp.ts';

/**
 * The newest row of a daily file by its day, not by when it came; a restatement takes the place of the row before it. `value` is
 * missing once the row is older than `limit`; `age` is in days from the end of the row's day.
 */
export function daily({ event, field, type, read, limit = Infinity }: KindOf<'daily'>, scope: Scope): Kind {
  const name = cellFor(scope.field(event, field).type);
  const cell = cellOf(name);
  const age = (view: DataView, at: number, now: number): number => {
    const day = getTime(view, at);
    return day === NEVER ? NaN : Math.max(0, now - day - DAY);
  };
  return {
    needs: [{ input: { event, field, as: 'day' }, shape: { keep: 'latest', cell: name } }],
    bind: ([place]) => read === 'age'
      ? (view, base, now) => age(view, base + place!.at, now) / DAY
      : (view, base, now) => (age(view, base + place!.at, now) <= limit ? heldValue(cell, view, base + place!.at) : NaN),
    write([place], row) {
      const day = writeTime(row, place!.at);
      const written = `(${day} === -Infinity ? NaN : Math.max(0, now - ${day} - ${DAY}))`;
      return read === 'age' ? `${written} / ${DAY}` : `(${written} <= ${limit} ? ${writeHeld(cell, row, place!.at)} : NaN)`;
    },
    ...(read === 'value' && type === 'categorical' && { words: { field } }),
  };
}
