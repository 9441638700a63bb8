import { hash32 } from '../../base/index.ts';
import { compareIds, type Entry } from './entry.ts';

/**
 * Entries in the order of their priority, those that are equal within `tolerance` in an order drawn by `seed`: nobody can say
 * which of them is the better, so over the days each stands first as often as another. Equal are a record and those that follow
 * it whose priority, and whose odds by `raw`, are less by no more than that share. Of n, each has each place by 1/n.
 */
export function takeTurns(ordered: readonly Entry[], tolerance: number, seed: number): Entry[] {
  const turned: Entry[] = [];
  for (let from = 0; from < ordered.length; ) {
    let to = from + 1;
    while (to < ordered.length && equal(ordered[from]!, ordered[to]!, tolerance)) to++;
    const group = ordered.slice(from, to);
    turned.push(...(group.length === 1 ? group : drawn(group, seed)));
    from = to;
  }
  return turned;
}

/** The entry with a place that was drawn among so many. */
export function drawnFrom(entry: Entry, among: number): Entry {
  return { ...entry, propensity: entry.propensity / among };
}

function equal(first: Entry, other: Entry, tolerance: number): boolean {
  if (other.priority < first.priority * (1 - tolerance)) return false;
  const [a, b] = [first.candidate.assessment.raw, other.candidate.assessment.raw];
  return a === null || b === null ? a === b : Math.abs(a - b) <= tolerance;
}

function drawn(group: readonly Entry[], seed: number): Entry[] {
  return group
    .map((entry) => ({ entry, draw: hash32(entry.subject, seed) }))
    .toSorted((a, b) => a.draw - b.draw || compareIds(a.entry.subject, b.entry.subject))
    .map(({ entry }) => drawnFrom(entry, group.length));
}
