import type { LastList } from './candidate.ts';
import type { Entry } from './entry.ts';

/**
 * Entries in the order of the last list, as far as their priorities allow: a record stands below another only where the
 * other's priority, with the margin, is no less than its own. Among the records that may come next the one that came first in
 * the last list does; those that it did not have come after them, in the order given. The same priorities give the same list.
 */
export function steadied(ordered: readonly Entry[], margin: number, { ranked }: LastList): Entry[] {
  const last = new Map(ranked.map(([subject, propensity], at) => [subject, { at, propensity }]));
  const turns = ordered
    .map((entry, at) => ({ entry, at, before: last.get(entry.subject)?.at ?? Infinity }))
    .toSorted((a, b) => (a.before === b.before ? a.at - b.at : a.before - b.before));
  const turnOf = new Map(turns.map(({ entry }, turn) => [entry, turn]));
  const byPriority = ordered.toSorted((a, b) => b.priority - a.priority);
  const waiting: number[] = []; // a heap of turns: the records that may come next
  const placed = new Set<Entry>();
  const result: Entry[] = [];
  let [best, next] = [0, 0];
  while (result.length < ordered.length) {
    while (placed.has(byPriority[best]!)) best++;
    const least = byPriority[best]!.priority;
    while (next < byPriority.length && byPriority[next]!.priority * (1 + margin) >= least) push(waiting, turnOf.get(byPriority[next++]!)!);
    const { entry } = turns[pop(waiting)]!;
    placed.add(entry);
    const kept = last.get(entry.subject);
    result.push(kept === undefined ? entry : { ...entry, propensity: kept.propensity });
  }
  return result;
}

/** A binary heap, the least first. */
function push(heap: number[], value: number): void {
  let at = heap.length;
  heap.push(value);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent]! <= value) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = value;
}

function pop(heap: number[]): number {
  const [least, value] = [heap[0]!, heap.pop()!];
  if (heap.length === 0) return least;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
    if (heap[child]! >= value) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = value;
  return least;
}
