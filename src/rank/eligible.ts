import type { CandidateFacts } from './assessment.ts';
import type { Policy } from './policy.ts';

/** Why a record is not on the list. */
export type Ineligible = 'deleted' | 'converted' | 'closed' | 'dismissed' | 'snoozed' | 'touched';

/** Null for a record that may be listed; otherwise the first reason against, the most final first. */
export function ineligible(facts: CandidateFacts, now: number, policy: Policy): Ineligible | null {
  if (facts.status !== 'open') return facts.status;
  if (facts.dismissed) return 'dismissed';
  if (facts.snoozedUntil !== null && facts.snoozedUntil > now) return 'snoozed';
  const resting = facts.lastTouch !== null && now - facts.lastTouch < policy.restAfterTouch;
  return resting && facts.lastEvent <= facts.lastTouch! ? 'touched' : null;
}
