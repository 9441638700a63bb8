import type { KindOf } from '../spec.ts';
import type { Kind, Scope } from './kind.ts';
import { ringOf, type Input, type Need } from './need.ts';
import { tileFor } from './windows.ts';

/** The sum of the field over the window, of whole numbers. Events without a number in it add nothing. Never missing. */
export function sum({ event, field, window, tile, where }: KindOf<'sum'>, scope: Scope): Kind {
  const need = sums({ event, field, ...(where && { where }) }, window, tile, scope);
  return {
    needs: [need],
    bind([place]) {
      const { over } = ringOf(place!);
      return (view, base, now) => over(view, base + place!.at, now, need.shape.tiles);
    },
  };
}

/** A ring that sums a field over a window. */
export function sums(input: Input & { field: string }, window: number, tile: number | undefined, scope: Scope) {
  const length = tile ?? tileFor(window);
  const small = scope.field(input.event, input.field).small && scope.width === 1;
  return { input, shape: { keep: 'tiles', tile: length, tiles: window / length, cell: small ? 'sum' : 'large-sum' } } satisfies Need;
}
