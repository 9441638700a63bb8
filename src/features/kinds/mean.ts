import type { KindOf } from '../spec.ts';
import { counts } from './count.ts';
import type { Kind, Scope } from './kind.ts';
import { countsAt, ringOf } from './need.ts';
import { sums, writeSum } from './sum.ts';

/** The mean of the field over the events of the window that have it; missing where none has. */
export function mean({ event, field, window, tile, where }: KindOf<'mean'>, scope: Scope): Kind {
  const input = { event, field, ...(where && { where }) };
  const amounts = sums(input, window, tile, scope);
  const numbers = counts(input, window, tile, scope);
  return {
    needs: [amounts, numbers],
    bind([sum, count]) {
      const [totals, events] = [ringOf(sum!), ringOf(count!)];
      return (view, base, now) =>
        totals.over(view, base + sum!.at, now, amounts.shape.tiles) / events.over(view, base + count!.at, now, numbers.shape.tiles);
    },
    write: ([sum, count], row) => `${writeSum(sum!, row, amounts.shape)} / ${row.over(countsAt(count!), numbers.shape.tiles)}`,
  };
}
