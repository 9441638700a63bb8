import type { CandidateFacts } from '../assessment.ts';

/** What candidates are drawn from: a state, or one of a moment in the past. Subjects are strings; times in ms. */
export interface CandidateReader<R extends CandidateRecord = CandidateRecord> {
  user(subject: string): { readonly active: boolean; readonly territories: readonly string[]; readonly awayUntil: number | null } | undefined;
  /** The active users who report to a manager. */
  team(manager: string): readonly string[];
  /** Those who did and are not active any more. */
  left(manager: string): readonly string[];
  queues(territory: string): readonly string[];
  /** Open records of an owner by id. */
  ownedFrom(owner: string, range: { from?: string; to?: string; limit: number }): readonly string[];
  /** The first open records of a shelf: warmest, soonest due, newest that nobody has been in touch with. */
  lane(lane: 'heat' | 'due' | 'new', shelf: string, range: { limit: number; from?: number; until?: number; least?: number }): readonly string[];
  record(subject: string): R | undefined;
  /** What is known of a book that is too large to be assessed as a whole; undefined: nothing yet. */
  book(owner: string): BookSummary | undefined;
}

export interface BookSummary {
  /** How many open records it has. */
  readonly size: number;
  /** Those that stood highest when it was last looked at as a whole, best first. */
  best(limit: number): readonly string[];
  /** The same among these, which are warm. */
  bestOf(warm: readonly string[], limit: number): readonly string[];
}

/** A record as candidates see it. */
export interface CandidateRecord extends CandidateFacts {
  readonly subject: string;
  readonly owner: string | null;
  /** As `State` has it: less `heatTile(now)` the heat as of now. */
  readonly heat: number;
  /** Quiet for a week before its newest deeds. */
  readonly stirring: boolean;
  /** The contact whom it was found to be. */
  readonly person: string | null;
}
