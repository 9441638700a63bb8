import type { PinRule } from '../policy/adjustments.ts';
import type { Entry } from './entry.ts';
import { applies } from './factors.ts';

export interface Pinned {
  readonly entry: Entry;
  readonly rule: PinRule;
}

/** What the rules pin as of `now`, rule after rule, each its best records first; a record goes by the first rule that holds. */
export function pinnedOf(rules: readonly PinRule[], ordered: readonly Entry[], now: number): Pinned[] {
  const taken = new Set<Entry>();
  return rules
    .filter(({ until }) => until === null || now < until)
    .flatMap((rule) => {
      const held = ordered.filter((entry) => !taken.has(entry) && applies(rule.when, entry.candidate)).slice(0, rule.most);
      for (const entry of held) taken.add(entry);
      return held.map((entry) => ({ entry, rule }));
    });
}

/**
 * The entries with each pinned one at the first place from its rule's on that no other pin has; on a list that does not reach
 * so far, at its end. The others follow one another in the places between.
 */
export function pinnedOrder(ordered: readonly Entry[], pinned: readonly Pinned[]): Entry[] {
  if (pinned.length === 0) return [...ordered];
  const places = new Map<number, Entry>();
  for (const { entry, rule } of pinned) {
    let place = rule.place;
    while (places.has(place)) place++;
    places.set(place, entry);
  }
  const fixed = new Set(places.values());
  const others = ordered.filter((entry) => !fixed.has(entry));
  const result: Entry[] = [];
  for (let next = 0; next < others.length; ) result.push(places.get(result.length + 1) ?? others[next++]!);
  const beyond = [...places].filter(([place]) => place > result.length).toSorted(([a], [b]) => a - b);
  return [...result, ...beyond.map(([, entry]) => entry)];
}
