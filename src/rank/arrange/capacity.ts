import type { Entry } from './entry.ts';

/**
 * Entries with those that are due today inside the first `places`, for which there is time today: each that stands below them
 * takes the lowest place of one that is not due, the most wanted first.
 */
export function withinToday(ordered: readonly Entry[], places: number, isDue: (entry: Entry) => boolean): { order: Entry[]; moved: ReadonlySet<string> } {
  const [today, later] = [ordered.slice(0, places), ordered.slice(places)];
  const room = today.filter((entry) => !isDue(entry)).length;
  const moved = new Set(later.filter(isDue).slice(0, room));
  if (moved.size === 0) return { order: [...ordered], moved: new Set() };
  const out = new Set(today.filter((entry) => !isDue(entry)).slice(room - moved.size));
  const order = [
    ...today.filter((entry) => !out.has(entry)),
    ...moved,
    ...out,
    ...later.filter((entry) => !moved.has(entry)),
  ];
  return { order, moved: new Set([...moved].map(({ subject }) => subject)) };
}

/** The greatest power of two that is no more: as the day goes on, places change a few times and not at every refresh. */
export function seldomLess(places: number): number {
  let most = 1;
  while (2 * most <= places) most *= 2;
  return Math.min(most, places);
}
