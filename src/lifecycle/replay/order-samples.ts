import { orderInTime } from './order-in-time.ts';
import { REASONS } from './plan.ts';

const SHOWN = REASONS.indexOf('shown');

/** What samples are ordered by; `subjects` are places in `names`. */
interface Ordered {
  readonly names: readonly string[];
  readonly subjects: Int32Array;
  readonly times: Float64Array;
  readonly reasons: Uint8Array;
  readonly offsets: Float64Array;
}

/** By time; at one time, who was shown comes first: such a sample does not see what became known right then. Then by subject. */
export function orderOf({ names, subjects, times, reasons, offsets }: Ordered): Int32Array {
  const compare = (a: number, b: number): number => {
    if (reasons[a] !== reasons[b]) return reasons[b]! - reasons[a]!;
    if (reasons[a] === SHOWN && offsets[a] !== offsets[b]) return offsets[a]! - offsets[b]!;
    const [first, second] = [names[subjects[a]!]!, names[subjects[b]!]!];
    return first < second ? -1 : first > second ? 1 : 0;
  };
  return orderInTime(times, compare);
}
