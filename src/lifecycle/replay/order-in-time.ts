import { ascending } from './order.ts';

const FEW = 32;

/** The positions of times in ascending order, ms; those of one time as `compare` says of two positions, equal ones in theirs. */
export function orderInTime(times: Float64Array, compare: (a: number, b: number) => number): Int32Array {
  const order = ascending(times);
  for (let from = 0; from < order.length; ) {
    const to = endOfTie(times, order, from);
    if (to - from > 1) sortFew(order, compare, from, to);
    from = to;
  }
  return order;
}

function endOfTie(times: Float64Array, order: Int32Array, from: number): number {
  let to = from + 1;
  while (to < order.length && times[order[to]!] === times[order[from]!]) to++;
  return to;
}

/** Sorts a run in place by insertion: few samples are of one time. Many are left to the sort of the language. */
function sortFew(order: Int32Array, compare: (a: number, b: number) => number, from: number, to: number): void {
  if (to - from > FEW) {
    order.subarray(from, to).sort(compare);
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const moved = order[i]!;
    let at = i;
    for (; at > from && compare(order[at - 1]!, moved) > 0; at--) order[at] = order[at - 1]!;
    order[at] = moved;
  }
}
