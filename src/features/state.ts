import type { LoggedEvent, SubjectId } from '../events/index.ts';
import type { Value } from '../trees/index.ts';
import type { Dispute, Uses } from './adoption.ts';
import type { Ended, EndedRange } from './ended.ts';
import type { Status } from './header.ts';
import type { Lane, LaneRange, Shelf } from './lanes.ts';
import type { Due } from './notes.ts';
import type { FeatureSpec } from './spec.ts';
import type { StateRow } from './store.ts';
import type { TargetName } from './targets.ts';

/** A projection of the log: what is known of every record by now. It can be deleted and rebuilt at any time. */
export interface State {
  readonly features: readonly FeatureSpec[];
  /** The next offset to fold. */
  offset(): number;
  /** The log's epoch under which this was folded. */
  epoch(): number;
  /**
   * Folds events in one transaction together with the offset. What lies before the offset is skipped, and so is what was
   * already folded under the same source and id within the last `REPEAT_HORIZON` of received time.
   */
  fold(events: Iterable<LoggedEvent>): void;
  /** A record as of now, most often a lead; undefined until the CRM has told of it. */
  record(subject: SubjectId): LeadRecord | undefined;
  /** The open leads and opportunities of an owner, sorted. */
  owned(owner: SubjectId): SubjectId[];
  /** The first of them from a subject on, `to` excluded. */
  ownedFrom(owner: SubjectId, range: { from?: string; to?: string; limit: number }): SubjectId[];
  /** The first open leads and opportunities of a shelf in the order of a lane. */
  lane(lane: Lane, shelf: Shelf, range: LaneRange): SubjectId[];
  /** The leads and opportunities of an owner that were converted, won, lost or closed lately, the newest first. */
  ended(owner: SubjectId, range: EndedRange): Ended[];
  /** The users who own an open lead or opportunity, sorted. */
  owners(): SubjectId[];
  /** The active users who report to a manager, sorted. */
  team(manager: SubjectId): SubjectId[];
  /** Those who reported to a manager and are not active any more, sorted. */
  left(manager: SubjectId): SubjectId[];
  /** Everybody to whom somebody active reports, sorted. */
  managers(): SubjectId[];
  /** The queues of a territory, sorted. */
  queues(territory: string): SubjectId[];
  /** What was shown and answered, by the Monday of the week, ms: of one user, or of everybody. */
  uses(user: SubjectId | null): Map<number, Uses>;
  /** The disputed reasons since a moment, ms, the newest first. */
  disputes(since: number): Dispute[];
  /** What the CRM told of a user; undefined for one of whom it told nothing. */
  user(subject: SubjectId): UserFacts | undefined;
  /** The id of the bundle that was promoted for a target. */
  champion(target: TargetName): string | null;
  /** The bundles that were promoted for a target before that one, the newest first, each once; a few at most. */
  earlier(target: TargetName): readonly string[];
  /** The hash of a target's points rule set that was applied last; null where none ever was. */
  rules(target: TargetName): string | null;
  /** The hash of the action policy that was promoted last; null where none ever was. */
  actions(): string | null;
  counts(): Counts;
  /** When the newest folded event of a source was received, ms. */
  asOf(): number | null;
  /** Up to this event time the state is complete, unless something comes later than the lateness bound; ms. */
  watermark(): number | null;
  /** How old the feeds are that its features rest on, as of `now` (ms), of those that ever brought anything; stale: silent for longer than is normal. */
  sources(now: number): SourceAge[];
  /** How many of the `late` events each feed brought; `leadrank` what it says itself, `unknown` what an earlier release counted. */
  lateBySource(): Readonly<Record<string, number>>;
  /** The subjects that share a row with this one by a merge or a link, or did so once. */
  joinedWith(subject: SubjectId): SubjectId[];
  /** Erases the rows of one subject, and its part of those that it shares. True when there was something. */
  retract(subject: SubjectId, erased?: Erased): boolean;
  /** Every row, by table and key in ascending order. */
  rows(): Iterable<StateRow>;
  /** Idempotent. */
  close(): void;
}

export interface Erased {
  /** The log's, after its own erasure. */
  readonly epoch?: number;
  /** What the log still holds of those that the subject is joined with, in order, and of the cell; without it the state is folded anew at its next opening. */
  readonly events?: Iterable<LoggedEvent> | undefined;
}

export interface Counts {
  leads: number;
  open: number;
  /** Folded, without the duplicates. */
  events: number;
  duplicates: number;
  /** Of the events: those that came later than the lateness bound. They were folded where their tile was still open. */
  late: number;
}

export interface UserFacts {
  readonly manager: SubjectId | null;
  readonly active: boolean;
  readonly team: string | null;
  /** Name of the zone, e.g. `Europe/Berlin`. */
  readonly timeZone: string | null;
  /** ms; null: not known to be away. */
  readonly awayUntil: number | null;
  /** No person: what it owns is for whoever works its territories. */
  readonly queue: boolean;
  readonly territories: readonly string[];
}

/** A record as it stood when it was asked for. Times in ms. */
export interface LeadRecord {
  readonly subject: SubjectId;
  readonly owner: SubjectId | null;
  readonly status: Exclude<Status, 'unknown'>;
  readonly created: number;
  /** When its rep last did something for it; for an opportunity, with its contact. */
  readonly lastTouch: number | null;
  /** When something last happened to it. */
  readonly lastEvent: number;
  readonly snoozedUntil: number | null;
  readonly dismissed: boolean;
  readonly convertedAt: number | null;
  readonly closedAt: number | null;
  readonly account: SubjectId | null;
  /** The contact whom a lead was found to be: leads of one person are duplicates. */
  readonly person: SubjectId | null;
  readonly territories: readonly string[];
  /** How warm it is: less `heatTile(now)`, 0 is one deed of its own in these days, or two in the days before; 0 as it is: none ever. */
  readonly heat: number;
  /** Whether it was quiet for a week before its newest deeds. */
  readonly stirring: boolean;
  /** When somebody must see to it, as was promised or planned. */
  readonly due: Due | null;
  /** The person objected to profiling. */
  readonly objected: boolean;
  readonly dismissedAt: number | null;
  readonly acceptedAt: number | null;
  /** The newest dispute: its reason as a code, and the theme; empty where none was named. */
  readonly disputed: { readonly at: number; readonly reason: string; readonly theme: string } | null;
  /** The feature values as of `now`, in the order of the features. */
  vector(now: number): Value[];
  /** How old the feeds are that the features rest on. A feed that never brought anything is not listed. */
  sources(now: number): SourceAge[];
}

export interface SourceAge {
  source: string;
  ageMs: number;
  stale: boolean;
}
