import { compareIds, type Entry } from './entry.ts';
import type { Candidate } from './candidate.ts';

/**
 * Candidates as entries, by id. All of a list are on one scale: calibrated probabilities where every one has one, else scores, for
 * points are no probability. A record whose value is not known counts with the median of the others'.
 */
export function entriesOf(candidates: readonly Candidate[]): Entry[] {
  const calibrated = candidates.every(({ assessment }) => assessment.probability !== null);
  const median = medianOf(candidates.flatMap((candidate) => valueOf(candidate) ?? []));
  return candidates
    .map((candidate): Entry => {
      const { subject, probability, score } = candidate.assessment;
      const chance = calibrated ? probability! : score / 100;
      const value = valueOf(candidate) ?? median;
      return { subject, candidate, chance, value, factors: [], priority: chance * value, propensity: 1 };
    })
    .toSorted((a, b) => compareIds(a.subject, b.subject));
}

/** A value that can be worked with: a positive amount. */
function valueOf({ assessment: { value } }: Candidate): number | null {
  return value !== null && value.amount > 0 && value.amount < Infinity ? value.amount : null;
}

/** The lower median; 1 of none. */
function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 1;
}
