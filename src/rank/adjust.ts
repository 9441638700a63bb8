import type { CandidateFacts } from './assessment.ts';
import type { AdjustmentName, AdjustmentSpec } from './policy.ts';

/** The moment that an adjustment runs from, for one record; null where it does not apply. */
type Since = (facts: CandidateFacts) => number | null;

const SINCE: Record<AdjustmentName, Since> = {
  // Speed to lead: the first answer is worth most in the first hours, so an untouched new lead may not wait.
  freshLead: ({ created, lastTouch }) => (lastTouch === null ? created : null),
  // Something happened after the rep's last contact: an answer is due.
  newActivity: ({ lastTouch, lastEvent }) => (lastTouch !== null && lastEvent > lastTouch ? lastEvent : null),
  // Just contacted and silent since: others first.
  recentTouch: ({ lastTouch, lastEvent }) => (lastTouch !== null && lastEvent <= lastTouch ? lastTouch : null),
};

/** Points of score that an adjustment gives a record now: all at its beginning, none at the end of `within`. */
export function adjustmentPoints(spec: AdjustmentSpec, facts: CandidateFacts, now: number): number {
  const since = SINCE[spec.name](facts);
  if (since === null) return 0;
  const age = Math.max(0, now - since);
  return age >= spec.within ? 0 : spec.points * (1 - age / spec.within);
}
