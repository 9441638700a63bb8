import type { KindOf } from '../spec.ts';
import type { RowCode } from '../code/code.ts';
import type { Kind, Scope } from './kind.ts';
import { countsAt, ringOf, tilesOf, type Input, type Need, type Place, type Shape } from './need.ts';
import { writeOver } from './tiles.ts';
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
    write: ([place], row) => writeSum(place!, row, need.shape),
  };
}

/** The sum over a window, as an expression. Large amounts are added from the oldest tile on, as their sum may be rounded. */
export function writeSum(place: Place, row: RowCode, { cell, tile, tiles: window }: SumShape): string {
  if (cell === 'sum') return row.over(countsAt(place), window);
  return writeOver('joinOver', row, place.at, { tile, tiles: tilesOf(place) }, window, 'largeSumCell');
}

type SumShape = Extract<Shape, { cell: 'sum' | 'large-sum' | 'max' | 'min' }>;

/** A ring that sums a field over a window. */
export function sums(input: Input & { field: string }, window: number, tile: number | undefined, scope: Scope) {
  const length = tile ?? tileFor(window);
  const small = scope.field(input.event, input.field).small && scope.width === 1;
  return { input, shape: { keep: 'tiles', tile: length, tiles: window / length, cell: small ? 'sum' : 'large-sum' } } satisfies Need;
}
