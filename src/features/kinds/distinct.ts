import type { KindOf } from '../spec.ts';
import { estimate, highBits, lowBits, population } from './bitmap-cell.ts';
import type { Kind, Scope } from './kind.ts';
import { ringOf } from './need.ts';
import { tileFor } from './windows.ts';

const MOST_EXACT = 64;

/**
 * How many different categories the field had in the window: exact for a closed vocabulary of up to 64 words, an estimate by
 * linear counting for an open one (within one for up to ten, about a tenth beyond). Never missing.
 */
export function distinct({ event, field, window, tile = tileFor(window), where }: KindOf<'distinct'>, scope: Scope): Kind {
  const tiles = window / tile;
  const words = scope.field(event, field).closed;
  const closed = words === null || words.length > MOST_EXACT ? null : words.map((word) => scope.codeOf(word));
  return {
    needs: [{ input: { event, field, ...(where && { where }) }, shape: { keep: 'tiles', tile, tiles, cell: 'bitmap', closed } }],
    bind([place]) {
      const { over } = ringOf(place!);
      const { at } = place!;
      return (view, base, now) => {
        const set = population(over(view, base + at, now, tiles, lowBits)) + population(over(view, base + at, now, tiles, highBits));
        return closed === null ? estimate(set) : set;
      };
    },
  };
}
