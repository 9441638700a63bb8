import type { AdjustmentSpec } from '../policy/adjustments.ts';
import type { Candidate, ListContext } from './candidate.ts';
import { factorsOf, type Moment } from './factors.ts';

/** Why an adjustment leaves out a record that could be listed: contacted too often, its absent owner can answer later, too many of its account. */
export type Withheld = 'fatigued' | 'absent' | 'account';

/** Why a filter of the policy leaves a candidate out; null where none does. */
export function withheld(
  specs: readonly AdjustmentSpec[],
  candidate: Candidate,
  { user, away = {} }: ListContext,
  moment: Moment,
): Withheld | null {
  const { facts, fields = {} } = candidate;
  for (const spec of specs) {
    if (spec.name === 'fatigue') {
      const touches = fields[spec.feature];
      const silent = facts.lastTouch !== null && facts.lastEvent <= facts.lastTouch;
      if (silent && typeof touches === 'number' && touches >= spec.most) return 'fatigued';
    }
    if (spec.name === 'absence') {
      const owner = facts.owner ?? user;
      const gone = owner !== user && (away[owner] ?? -Infinity) > moment.now;
      if (gone && !isUrgent(specs, candidate, moment)) return 'absent';
    }
  }
  return null;
}

/** Whether something of it cannot wait: a first contact that is due, or an answer. */
function isUrgent(specs: readonly AdjustmentSpec[], candidate: Candidate, moment: Moment): boolean {
  return specs
    .filter(({ name }) => name === 'deadline' || name === 'freshness' || name === 'promise')
    .some((spec) => factorsOf(spec, candidate, moment).some(({ factor }) => factor > 1));
}
