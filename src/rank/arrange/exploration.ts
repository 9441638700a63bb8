import { mix32 } from '../../base/index.ts';
import type { Entry } from './entry.ts';
import { drawnFrom } from './fairness.ts';

/**
 * Entries with every `every`-th place given to one that is drawn evenly, by `seed`, from it and all below, so that what the
 * model thinks little of is seen too and can prove it wrong. A drawn record carries the probability of its draw. What stands
 * further up does not depend on how far down the list is read.
 */
export function explored(ordered: readonly Entry[], every: number, seed: number): { order: Entry[]; drawn: ReadonlySet<string> } {
  const order = [...ordered];
  const drawn = new Set<string>();
  for (let at = every - 1; at < order.length; at += every) {
    const pool = order.length - at;
    const [entry] = order.splice(at + (mix32(seed ^ Math.imul(at + 1, 0x9e3779b1)) % pool), 1);
    order.splice(at, 0, drawnFrom(entry!, pool));
    drawn.add(entry!.subject);
  }
  return { order, drawn };
}
