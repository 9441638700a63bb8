import { DAY } from '../../base/index.ts';
import type { KindOf } from '../spec.ts';
import { heldValue, numberCell, writeHeld } from './held.ts';
import type { Kind, Scope } from './kind.ts';

/** The newest value of a number less the first one; missing without both. Of times in days. */
export function change({ event, field, where }: KindOf<'change'>, scope: Scope): Kind {
  const input = { event, field, ...(where && { where }) };
  const unit = scope.field(event, field).type === 'time' ? DAY : 1;
  return {
    needs: [{ input, shape: { keep: 'first', cell: 'number' } }, { input, shape: { keep: 'latest', cell: 'number' } }],
    bind: ([before, after]) => (view, base) =>
      (heldValue(numberCell, view, base + after!.at) - heldValue(numberCell, view, base + before!.at)) / unit,
    write: ([before, after], row) => `(${writeHeld(numberCell, row, after!.at)} - ${writeHeld(numberCell, row, before!.at)}) / ${unit}`,
  };
}
