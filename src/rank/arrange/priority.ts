import { targetOf } from '../../features/index.ts';
import { listedChance } from '../chance.ts';
import { compareIds, type Entry } from './entry.ts';
import type { Candidate } from './candidate.ts';

/**
 * Candidates as entries, by id. Each has a chance of its own, whatever else is on the list: the calibrated probability, or where rules
 * answer the share of records with so many points that had the outcome. A record whose value is not known counts with the median of
 * those of its kind, or of all where none of its kind has one: points do not rise by what a deal is worth.
 */
export function entriesOf(candidates: readonly Candidate[]): Entry[] {
  const { usual, median } = mediansOf(candidates);
  return candidates
    .map((candidate): Entry => {
      const { subject } = candidate.assessment;
      const chance = listedChance(candidate.assessment);
      const value = valueOf(candidate) ?? median(candidate);
      return { subject, candidate, chance, value, usual, factors: [], priority: chance * value, propensity: 1 };
    })
    .toSorted((a, b) => compareIds(a.subject, b.subject));
}

/** A value that can be worked with: a positive amount. */
function valueOf({ assessment: { value } }: Candidate): number | null {
  return value !== null && value.amount > 0 && value.amount < Infinity ? value.amount : null;
}

interface Medians {
  readonly usual: number;
  readonly median: (of: Candidate) => number;
}

function mediansOf(candidates: readonly Candidate[]): Medians {
  const kindOf = ({ assessment: { subject } }: Candidate) => targetOf(subject);
  const valued = candidates.filter((candidate) => valueOf(candidate) !== null);
  const usual = medianOf(valued.map((candidate) => valueOf(candidate)!));
  const byKind = new Map([...Map.groupBy(valued, kindOf)].map(([kind, of]) => [kind, medianOf(of.map((candidate) => valueOf(candidate)!))]));
  return { usual, median: (candidate) => byKind.get(kindOf(candidate)) ?? usual };
}

/** The lower median; 1 of none. */
function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 1;
}
