import { heatTile } from '../features/index.ts';
import type { CandidateFacts } from './assessment.ts';
import type { Policy } from './policy.ts';

/** Why a record is not on the list. */
export type Ineligible = 'deleted' | 'converted' | 'closed' | 'objected' | 'dismissed' | 'snoozed' | 'touched';

/** What the policy says of it. */
type Resting = Pick<Policy, 'restAfterTouch' | 'candidates'>;

/** Null for a record that may be listed; otherwise the first reason against, the most final first. */
export function ineligible(facts: CandidateFacts, now: number, { restAfterTouch, candidates }: Resting): Ineligible | null {
  if (facts.status !== 'open') return facts.status;
  if (facts.objected === true) return 'objected';
  if (facts.dismissed && !isBackFromDismissal(facts, now, candidates.silent)) return 'dismissed';
  if (facts.snoozedUntil !== null && facts.snoozedUntil > now) return 'snoozed';
  const resting = facts.lastTouch !== null && now - facts.lastTouch < restAfterTouch;
  return resting && facts.lastEvent <= facts.lastTouch! ? 'touched' : null;
}

/** Whether a dismissal is at least `silent` ms past, and the record has shown interest of its own accord since. */
export function isBackFromDismissal({ dismissedAt, lastEvent, heat = 0 }: CandidateFacts, now: number, silent: number): boolean {
  return typeof dismissedAt === 'number' && now - dismissedAt >= silent && lastEvent > dismissedAt && heat > heatTile(dismissedAt);
}
