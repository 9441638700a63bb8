import type { Event, LoggedEvent, SubjectId } from '../events/index.ts';

/** The one totally ordered record of what happened in a cell. Everything else can be rebuilt from it. */
export interface Log {
  /**
   * Resolves with the offsets once the events are durable. Order is kept. `knownAt` defaults to the time of the
   * append.
   */
  append(events: readonly Event[], stamp?: AppendStamp): Promise<number[]>;
  /** Events from `offset` on, in order, up to the end as of the call. Erased ones are skipped. */
  read(offset: number, limit?: number): Iterable<LoggedEvent>;
  /** The offset that the next event will get. */
  end(): number;
  /** Resolves when `end()` exceeds `offset`, or the signal aborts. */
  wait(offset: number, signal?: AbortSignal): Promise<void>;
  /** Counts the erasures; a projection made under an older epoch must be rebuilt. */
  epoch(): number;
  /**
   * Removes every event of a subject for good, keeps the offsets of the others, raises the epoch. Returns how many
   * went.
   */
  erase(subject: SubjectId): Promise<number>;
  close(): Promise<void>;
}

export interface AppendStamp {
  /** For backfills: when the business could have known each event, ms. */
  knownAt?: (event: Event) => number;
}
