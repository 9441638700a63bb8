import { kindOf, type LoggedEvent } from '../events/index.ts';
import type { FeatureSpec } from '../features/index.ts';
import type { LiveVector } from './vectors.ts';

/** What the log says of what was taken out of it: `add` every event, then ask. */
export interface Erasures {
  add(event: LoggedEvent): void;
  /** Whether the subject itself was erased. */
  has(subject: string): boolean;
  /**
   * Whether a later erasure can be why a feature comes out otherwise: it reads from linked records, of which the erased one may
   * have been one, or the record took in another by a merge that was erased since.
   */
  mayExplain(live: LiveVector, feature: string): boolean;
}

export function createErasures(features: readonly FeatureSpec[]): Erasures {
  const cross = new Set(features.filter(({ kind }) => kind.op === 'cross').map(({ entity, name }) => `${entity} ${name}`));
  const erasedAt = new Map<string, number>();
  const losers = new Map<string, string[]>();
  let latest = -Infinity;

  const erasedIn = (subject: string, after: number, seen = new Set<string>()): boolean => {
    if (seen.has(subject)) return false;
    seen.add(subject);
    return (losers.get(subject) ?? []).some((from) => (erasedAt.get(from) ?? -Infinity) >= after || erasedIn(from, after, seen));
  };

  return {
    add({ type, subject, data, offset }) {
      if (type === 'control.subject.erased') {
        erasedAt.set(String(data['subject']), offset);
        latest = offset;
      }
      if (type !== 'record.merged' || typeof data['loser'] !== 'string') return;
      losers.set(subject, [...(losers.get(subject) ?? []), data['loser']]);
    },
    has: (subject) => erasedAt.has(subject),
    mayExplain: ({ subject, offset }, feature) => latest >= offset && (cross.has(`${kindOf(subject)} ${feature}`) || erasedIn(subject, offset)),
  };
}
