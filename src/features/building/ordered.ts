import type { LoggedEvent } from '../../events/index.ts';
import type { Entity } from '../spec.ts';
import { entityOf } from '../subject.ts';

/**
 * The containers whose members count in the order of the log: where one is erased, it depends on it what was counted before. They
 * are those erased, those merged with them, and the users who were ever in the team of an erased manager.
 */
export function orderedIn(told: readonly LoggedEvent[], merges: readonly LoggedEvent[]): Set<string> {
  const ordered = new Set<string>();
  for (const { type, data } of told) {
    const subject = String(data['subject']);
    if (type === 'control.subject.erased' && COUNTING.has(entityOf(subject) ?? 'lead')) ordered.add(subject);
  }
  if (ordered.size === 0) return ordered;
  for (let before = 0; before < ordered.size; ) {
    before = ordered.size;
    for (const { subject, data } of merges) {
      const loser = String(data['loser']);
      if (ordered.has(subject) || ordered.has(loser)) ordered.add(subject).add(loser);
    }
  }
  const managers = new Set([...ordered].filter((subject) => entityOf(subject) === 'owner'));
  for (const { type, subject, data } of told) if (type === 'user.changed' && managers.has(String(data['manager']))) ordered.add(subject);
  return ordered;
}

const COUNTING: ReadonlySet<Entity> = new Set(['account', 'campaign', 'opportunity', 'owner']);
