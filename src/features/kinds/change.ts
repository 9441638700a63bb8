import type { KindOf } from '../spec.ts';
import { heldValue, numberCell } from './held.ts';
import type { Kind } from './kind.ts';

/** The newest value of a number less the first one; missing without both. Times change by ms. */
export function change({ event, field, where }: KindOf<'change'>): Kind {
  const input = { event, field, ...(where && { where }) };
  return {
    needs: [{ input, shape: { keep: 'first', cell: 'number' } }, { input, shape: { keep: 'latest', cell: 'number' } }],
    bind: ([before, after]) => (view, base) =>
      heldValue(numberCell, view, base + after!.at) - heldValue(numberCell, view, base + before!.at),
  };
}
