import type { Entry } from '../arrange/entry.ts';
import type { Ranking, Step } from '../arrange/ranking.ts';
import { STAGES } from '../policy/adjustments.ts';

export interface Standing {
  readonly upper: Entry;
  readonly lower: Entry;
  /** Their places in the list, from 1. */
  readonly places: readonly [upper: number, lower: number];
  /** The last adjustment that gave them this order against the one before it; null where their priorities do. */
  readonly step: Step | null;
}

/** How two records of a list stand to each other, and what decides it; null where one of them is not on it. */
export function standingOf({ order, start, steps }: Ranking, [a, b]: readonly [string, string]): Standing | null {
  const [atA, atB] = [placeOf(order, a), placeOf(order, b)];
  if (atA < 0 || atB < 0) return null;
  const [first, second] = atA < atB ? [atA, atB] : [atB, atA];
  const [upper, lower] = [order[first]!, order[second]!];
  const isAbove = (entries: readonly Entry[]): boolean => placeOf(entries, upper.subject) < placeOf(entries, lower.subject);
  const placing = steps.filter(({ name }) => STAGES[name] !== 'factor');
  const byPriority = steps.findLast(({ name }) => STAGES[name] === 'factor')?.order ?? start;
  let before = isAbove(byPriority);
  let decisive: Step | null = null;
  for (const step of placing) {
    const after = isAbove(step.order);
    if (after !== before) decisive = after ? step : null;
    before = after;
  }
  return { upper, lower, places: [first + 1, second + 1], step: decisive };
}

const placeOf = (entries: readonly Entry[], subject: string): number => entries.findIndex((entry) => entry.subject === subject);
