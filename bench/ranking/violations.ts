import { engine, type Arrangement } from '../../src/rank/index.ts';
import type { Worklist } from './worlds.ts';

/** What a list must never do, by another way than the one by which it was made; empty where it does nothing of it. */
export function violationsOf({ candidates, context, policy }: Worklist, { items, leftOut }: Arrangement): string[] {
  const found: string[] = [];
  const byId = new Map(candidates.map((candidate) => [candidate.assessment.subject, candidate]));
  const spec = <Name extends string>(name: Name) => policy.adjustments.find((one) => one.name === name) as Extract<(typeof policy.adjustments)[number], { name: Name }>;
  const { now } = context;
  const counts = new Map<string, number>();
  for (const { subject } of items) {
    const { facts, fields } = byId.get(subject)!;
    const silent = facts.lastTouch !== null && facts.lastEvent <= facts.lastTouch;
    if (facts.status !== 'open' || facts.dismissed || (facts.snoozedUntil !== null && facts.snoozedUntil > now)) found.push('eligibility');
    if (silent && now - facts.lastTouch! < policy.restAfterTouch) found.push('rest');
    if (silent && Number(fields!['touches_14d']) >= spec('fatigue').most) found.push('fatigue');
    if (typeof facts.account === 'string') counts.set(facts.account, (counts.get(facts.account) ?? 0) + 1);
  }
  for (const count of counts.values()) if (count > spec('diversity').most) found.push('diversity');
  if (new Set(items.map(({ subject }) => subject)).size < items.length) found.push('twice on the list');
  if (items.some(({ position }, at) => position !== at + 1)) found.push('positions');
  if (items.some(({ propensity }) => !(propensity > 0 && propensity <= 1))) found.push('propensity');
  const out = new Set(leftOut.map(({ subject }) => subject));
  if (items.some(({ subject }) => out.has(subject))) found.push('listed and left out');
  return found.concat(pinViolations({ candidates, context, policy }, items, out));
}

/**
 * Every pin has as many records as it asks for, or all that there are and that no pin before it took, each at the first place
 * from the pin's on that none before it has. Looked at from the whole list only.
 */
function pinViolations({ candidates, policy, context }: Omit<Worklist, 'seed'>, items: Arrangement['items'], out: ReadonlySet<string>): string[] {
  const pins = policy.adjustments.find(({ name }) => name === 'pins')!;
  if (pins.name !== 'pins' || context.limit < candidates.length) return [];
  const taken = new Set<string>();
  const places = new Set<number>();
  const placeOf = new Map(items.map(({ subject, position }) => [subject, position]));
  const wanted: { place: number; subject: string }[] = [];
  for (const { id, when, place, most } of pins.rules) {
    const fitting = candidates.filter(({ assessment: { subject }, fields }) => !out.has(subject) && !taken.has(subject) && when.every((test) => 'feature' in test && fields![test.feature] === test.value));
    const pinned = items.filter(({ adjustments }) => adjustments.some(({ name, rule }) => name === 'pins' && rule === id));
    if (pinned.some(({ subject }) => !fitting.some((it) => it.assessment.subject === subject))) return ['pinned against its rule'];
    if (pinned.length !== Math.min(most, fitting.length)) return ['pin without its records'];
    for (const { subject } of pinned) {
      taken.add(subject);
      let free = place;
      while (places.has(free)) free++;
      places.add(free);
      wanted.push({ place: free, subject });
    }
  }
  const missing = items.filter(({ subject, adjustments }) => adjustments.some(({ name }) => name === 'pins') !== taken.has(subject));
  if (missing.length > 0) return ['pinned by no rule'];
  const short = items.length - taken.size; // beyond these the list does not reach without pins
  const reached = wanted.filter(({ place }) => place <= short + wanted.filter((other) => other.place < place).length);
  const wrong = reached.filter(({ place, subject }) => placeOf.get(subject) !== place);
  return wrong.length === 0 ? [] : ['pin at another place'];
}

/** Arranges and looks for violations; then once more with the list as the last one, which must change nothing. */
export function lookAt(worklist: Worklist): string[] {
  const { candidates, context, policy, seed } = worklist;
  const first = engine.arrange(candidates, context, policy, seed);
  const again = engine.arrange(candidates, { ...context, last: first.memory }, policy, seed);
  const same = first.items.every(({ subject }, at) => again.items[at]?.subject === subject) && first.items.length === again.items.length;
  return [...violationsOf(worklist, first), ...(same ? [] : ['shuffled'])];
}
