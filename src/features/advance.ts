import type { LoggedEvent } from '../events/index.ts';
import { isLate } from './lateness.ts';
import type { Position } from './position.ts';
import { promote } from './promotion.ts';
import { sourceOf } from './sources.ts';
import { isTarget } from './targets.ts';

/** Moves a position past an event, which is folded at its first sight alone: what is counted, how new the data is, what was put in force. */
export function advance(held: Position, event: LoggedEvent, sight: 'first' | 'again'): void {
  const { type, data } = event;
  const source = sourceOf(type);
  held.offset = event.offset + 1;
  if (sight === 'first') {
    held.counts.events += 1;
    if (isLate(event, held.received)) countLate(held, source ?? 'leadrank');
    const target = isTarget(data['target']) ? data['target'] : 'lead';
    if (type === 'control.model.promoted') promote(held, target, String(data['bundle']));
    else if (type === 'control.rules.applied') held.rules = { ...held.rules, [target]: String(data['rules']) };
    else if (type === 'control.actions.promoted') held.actions = String(data['policy']);
    if (source !== undefined) held.feeds[source] = Math.max(event.knownAt, held.feeds[source] ?? -Infinity);
  } else held.counts.duplicates += 1;
  // What leadrank says itself makes no data fresh.
  if (source !== undefined) held.received = Math.max(event.received, held.received ?? -Infinity);
}

function countLate(held: Position, source: string): void {
  held.counts.late += 1;
  held.late ??= {};
  held.late[source] = (held.late[source] ?? 0) + 1;
}
