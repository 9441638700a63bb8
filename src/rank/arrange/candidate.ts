import type { Value } from '../../trees/index.ts';
import type { Assessment, CandidateFacts } from '../assessment.ts';
import type { RepFacts } from '../calendar/calendar.ts';

export interface Candidate {
  readonly assessment: Assessment;
  readonly facts: CandidateFacts;
  /** The values of the features that the policy's conditions name (`policyFields`); one that is not there is missing. */
  readonly fields?: Readonly<Record<string, Value>>;
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
