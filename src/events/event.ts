/**
 * A random id that stands for a person or record inside leadrank, e.g. `ld_3f…`. Its link to the outside can be
 * erased.
 */
export type SubjectId = string & { readonly __subject: true };

/**
 * The namespaces of subjects: each is an entity of the outside world. A visitor is whom a web or marketing system knows
 * by an anonymous id; a link tells later which lead or contact it was.
 */
export type SubjectKind =
  'lead' | 'contact' | 'opportunity' | 'account' | 'campaign' | 'user' | 'visitor' | 'cell';

/** What a field may hold once it has passed the gate. */
export type FieldValue = string | number | boolean | null;

/**
 * Something that happened, past the PII gate. Only the gate makes one (branded), so a function that takes an Event can
 * not be handed personal data.
 */
export interface Event {
  /** Unique within `source`. */
  readonly id: string;
  /** Where it came from, e.g. `salesforce`, `web`. */
  readonly source: string;
  /** Catalogue name without version, e.g. `lead.created`. */
  readonly type: string;
  /** Schema version of `data`; the gate upcasts to the newest. */
  readonly version: number;
  readonly subject: SubjectId;
  /** When it happened, ms since the epoch. */
  readonly time: number;
  readonly data: Readonly<Record<string, FieldValue>>;
  readonly __gate: true;
}

/** An event as the log holds it: stamped on append. */
export interface LoggedEvent extends Event {
  /** Position in the cell's one total order. */
  readonly offset: number;
  /** When the log took it, ms. */
  readonly received: number;
  /** When the business could have known it, ms. Training sees the past as of this. */
  readonly knownAt: number;
}

/** What was refused, and why, in one line that quotes no unclassified value. */
export interface Rejection {
  readonly code: 'malformed' | 'unknown-type' | 'wrong-field' | 'missing-field' | 'scope' | 'future' | 'version' | 'suppressed';
  /** `value: rule; remedy` as of Fault. */
  readonly message: string;
  /** Where one field is to blame: the event type with its version, and the field's name in the catalogue. */
  readonly field?: { readonly type: string; readonly name: string };
}

/**
 * Maps ids of the outside world to subject ids. The cell keeps it encrypted; deleting a pair is the heart of erasure.
 */
export interface IdentityMap {
  /** The subject of an outside id; made at first sight. */
  subjectOf(kind: SubjectKind, externalId: string): SubjectId;
  /** The subject if it is known, without making one. */
  find(kind: SubjectKind, externalId: string): SubjectId | undefined;
  /** The outside id, or undefined where there is none or it was erased. */
  externalOf(subject: SubjectId): string | undefined;
  /** Deletes the pair. True when there was one. */
  erase(subject: SubjectId): boolean;
  /** True where an outside id was erased and is kept out since. One that is known now, under a new subject, may be both. */
  isSuppressed(kind: SubjectKind, externalId: string): boolean;
}
