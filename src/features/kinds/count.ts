import type { KindOf } from '../spec.ts';
import type { Kind, Scope } from './kind.ts';
import { countsAt, ringOf, totalOf, writeTotal, type Input, type Need } from './need.ts';
import { tileFor } from './windows.ts';

/** How many events lie in the window; without one, how many there ever were. Never missing. */
export function count({ event, window, tile, where }: KindOf<'count'>, scope: Scope): Kind {
  const input = { event, ...(where && { where }) };
  if (window === undefined) {
    return {
      needs: [{ input, shape: { keep: 'total', width: scope.width === 1 ? 2 : 4 } }],
      bind([place]) {
        const { read } = totalOf(place!);
        return (view, base) => read(view, base + place!.at);
      },
      write: ([place], row) => writeTotal(place!, row),
    };
  }
  const need = counts(input, window, tile, scope);
  return {
    needs: [need],
    bind([place]) {
      const { over } = ringOf(place!);
      return (view, base, now) => over(view, base + place!.at, now, need.shape.tiles);
    },
    write: ([place], row) => row.over(countsAt(place!), need.shape.tiles),
  };
}

/** A ring that counts events over a window. */
export function counts(input: Input, window: number, tile: number | undefined, { width }: Scope) {
  const length = tile ?? tileFor(window);
  return { input, shape: { keep: 'tiles', tile: length, tiles: window / length, cell: 'count', width } } satisfies Need;
}
