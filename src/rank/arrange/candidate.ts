import type { Value } from '../../trees/index.ts';
import type { CandidateFacts, Rating } from '../assessment.ts';
import type { CandidateSource } from '../candidates/source.ts';
import type { RepFacts } from '../calendar/calendar.ts';

export interface Candidate {
  readonly assessment: Rating;
  readonly facts: CandidateFacts;
  /** The values of the features that the policy's conditions name (`policyFields`); one that is not there is missing. */
  readonly fields?: Readonly<Record<string, Value>>;
  /** What brought it. */
  readonly sources?: readonly CandidateSource[];
  /** The probability with which the lot brought it; 1 or left out where another source did. */
  readonly drawn?: number;
  /** What stands out: ids of the policy's flags, and `owner-left`, `owner-away`, `unowned`. */
  readonly flags?: readonly string[];
}

export interface ListContext {
  /** ms */
  readonly now: number;
  /** Whose list it is. */
  readonly user: string;
  /** The most items of the list. */
  readonly limit: number;
  /** What is known of the one whose list it is; left out: the standard calendar, in UTC unless it says otherwise. */
  readonly rep?: RepFacts;
  /** Until when other owners of candidates are away, ms, by subject. */
  readonly away?: Readonly<Record<string, number>>;
  /** The list that the same user saw last; null or left out: none. */
  readonly last?: LastList | null;
}

/** What an arrangement remembers of the one before it. */
export interface LastList {
  /** Its seed: another one, another day, and nothing is remembered. */
  readonly seed: number;
  /** Every record that it ranked, in its order, with the probability of the draw that gave the place. */
  readonly ranked: readonly (readonly [subject: string, propensity: number])[];
}
