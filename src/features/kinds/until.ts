import { DAY } from '../../base/index.ts';
import type { KindOf } from '../spec.ts';
import { heldValue, numberCell, writeHeld } from './held.ts';
import type { Kind } from './kind.ts';

/** Days from now to the time that the newest event names in the field, below zero once it is past; missing without one. `as: 'day'`: of daily files. */
export function until({ event, field, as, where }: KindOf<'until'>): Kind {
  return {
    needs: [{ input: { event, field, ...(where && { where }), ...(as && { as }) }, shape: { keep: 'latest', cell: 'number' } }],
    bind: ([place]) => (view, base, now) => (heldValue(numberCell, view, base + place!.at) - now) / DAY,
    write: ([place], row) => `(${writeHeld(numberCell, row, place!.at)} - now) / ${DAY}`,
  };
}
