import { ascending } from './order.ts';
import { REASONS } from './plan.ts';

const SHOWN = REASONS.indexOf('shown');
const FEW = 32;

/** What samples are ordered by; `subjects` are places in `names`. */
interface Ordered {
  readonly count: number;
  readonly names: readonly string[];
  readonly subjects: Int32Array;
  readonly times: Float64Array;
  readonly reasons: Uint8Array;
  readonly offsets: Float64Array;
}

/** By time; at one time, who was shown comes first: such a sample does not see what became known right then. Then by subject. */
export function orderOf({ count, names, subjects, times, reasons, offsets }: Ordered): Int32Array {
  const order = ascending(times);
  const compare = (a: number, b: number): number => {
    if (reasons[a] !== reasons[b]) return reasons[b]! - reasons[a]!;
    if (reasons[a] === SHOWN && offsets[a] !== offsets[b]) return offsets[a]! - offsets[b]!;
    const [first, second] = [names[subjects[a]!]!, names[subjects[b]!]!];
    return first < second ? -1 : first > second ? 1 : 0;
  };
  for (let from = 0; from < count; ) {
    let to = from + 1;
    while (to < count && times[order[to]!] === times[order[from]!]) to++;
    sortFew(order, compare, { from, to });
    from = to;
  }
  return order;
}

/** Sorts a run in place by insertion: few samples are of one time. Many are left to the sort of the language. */
function sortFew(order: Int32Array, compare: (a: number, b: number) => number, { from, to }: { from: number; to: number }): void {
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
