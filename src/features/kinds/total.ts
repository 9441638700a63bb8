import type { Accumulator } from './accumulator.ts';
import { countCell, type Width } from './tile-cells.ts';

export interface Total extends Accumulator {
  read(view: DataView, at: number): number;
}

/** How many events there ever were: a count that stays at its greatest value. Layout: the count. */
export function total(width: Width): Total {
  const { bytes, clear, add, write, join, merge, amounts } = countCell(width);
  const { get, put, take } = amounts!;
  return {
    bytes,
    init: clear,
    add: (view, at) => add(view, at, 1),
    write: (_code, { at }) => write(`base + ${at}`, '1'),
    merge,
    share: {
      give: (view, at, source, other, from) => source.share!.amounts(other, from, (_tile, amount) => put(view, at, amount)),
      take: (view, at, source, other, from) => source.share!.amounts(other, from, (_tile, amount) => take(view, at, amount)),
      amounts: (view, at, visit) => visit(0, get(view, at)),
    },
    read: (view, at) => join(0, view, at),
  };
}
