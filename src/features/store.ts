import type { LoggedEvent } from '../events/index.ts';

export interface StateRow {
  table: string;
  key: string;
  bytes: Uint8Array;
}

/** Bytes by key. */
export interface Table {
  /** May be the stored bytes themselves: copy what is to be kept. */
  get(key: string): Uint8Array | undefined;
  /** Writes the bytes where `place` says for their length; where there are none it is not asked. */
  into?(key: string, place: (length: number) => Uint8Array): void;
  /** Keeps a copy: the bytes are the caller's. */
  put(key: string, bytes: Uint8Array): void;
  remove(key: string): void;
  /** Puts many, in ascending order of the keys; where it is cheaper than one by one. */
  putAll?(entries: readonly (readonly [string, Uint8Array])[]): void;
}

/** Sets of members by key. */
export interface Index {
  add(key: string, member: string): void;
  remove(key: string, member: string): void;
  /** Adds many pairs of key and member, in ascending order; where it is cheaper than one by one. */
  addAll?(pairs: readonly (readonly [string, string])[]): void;
  /** Ascending. */
  members(key: string): string[];
  /** The first members of a key, ascending, `from` included and `to` not. */
  range(key: string, options: Range): string[];
  /** The keys that have a member, ascending. */
  keys(): string[];
}

/** Bytes by whole number. */
export interface Blocks {
  get(number: number): Uint8Array | undefined;
  put(number: number, bytes: Uint8Array): void;
  remove(number: number): void;
  /** In ascending order. */
  each(): Iterable<[number, Uint8Array]>;
}

export interface Range {
  from?: string;
  to?: string;
  limit: number;
}

/** Remembers which events were folded, over the duplicate horizon. */
export interface Seen {
  /** True at the first sight of (source, id) within `REPEAT_HORIZON`; remembers it. */
  admit(event: LoggedEvent): boolean;
  /** Writes what it remembered since; called at a transaction's end. */
  save(): void;
  /** Goes back to what was written. */
  rewind(): void;
}

export interface TransactionSize {
  /** About how many events it folds: room is made for them. */
  readonly events?: number;
}

/** The place where a state keeps its rows. */
export interface Store {
  /** The rows of all entities, by subject. */
  readonly rows: Table;
  /** What a subject became by a merge or a link. */
  readonly aliases: Table;
  /** What a record is part of and left, as far as its row does not say. */
  readonly memberships: Table;
  readonly users: Table;
  /** The vocabularies, by field. */
  readonly words: Table;
  /** What few records have, by subject. */
  readonly notes: Table;
  /** Counts of what was shown and answered, by user. */
  readonly adoption: Table;
  readonly meta: Table;
  /** Owner → open leads and opportunities. */
  readonly owned: Index;
  /** Lane and shelf → open leads, in the lane's order; a day → what ended on it, by owner. */
  readonly lanes: Index;
  /** Manager → active users. */
  readonly team: Index;
  /** Manager → users who are not active any more. */
  readonly left: Index;
  /** Territory → active users who work it, and queues. */
  readonly territories: Index;
  /** Record → the disputes of its reasons. */
  readonly disputes: Index;
  /** Record → the subjects that became it, by now or for a time. */
  readonly became: Index;
  /** What `seen` writes. */
  readonly blocks: Blocks;
  readonly seen: Seen;
  /** All of `work` is kept or, when it throws, as much as the store can take back is not. */
  transaction<T>(work: () => T, size?: TransactionSize): T;
  all(): Iterable<StateRow>;
  close(): void;
}
