import { listedChance } from '../chance.ts';
import { compareIds, type Entry } from './entry.ts';
import type { Candidate } from './candidate.ts';
import type { Goal } from '../policy.ts';
import { usualAmong } from './usual.ts';

/**
 * Candidates as entries, by id. Each has a chance of its own, whatever else is on the list: the calibrated probability, or where rules
 * answer the share of records with so many points that had the outcome. A record whose value is not known counts with the usual one; where
 * the goal is conversions, none counts by its value.
 */
export function entriesOf(candidates: readonly Candidate[], goal: Goal = 'money'): Entry[] {
  const valueOf = goal === 'money' ? workable : () => null;
  const usual = usualAmong(
    candidates.flatMap((candidate) => {
      const value = valueOf(candidate);
      return value === null ? [] : [[candidate.assessment.subject, value] as const];
    }),
  );
  return candidates
    .map((candidate): Entry => {
      const { subject } = candidate.assessment;
      const chance = listedChance(candidate.assessment);
      const value = valueOf(candidate) ?? usual.of(subject);
      return { subject, candidate, chance, value, usual: usual.all, factors: [], priority: chance * value, propensity: 1 };
    })
    .toSorted((a, b) => compareIds(a.subject, b.subject));
}

/** A value that can be worked with: a positive amount. */
function workable({ assessment: { value } }: Candidate): number | null {
  return value !== null && value.amount > 0 && value.amount < Infinity ? value.amount : null;
}
