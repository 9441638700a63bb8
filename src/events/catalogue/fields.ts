import type { CoarsenerName } from '../coarsen.ts';
import type { SubjectKind } from '../event.ts';
import { MAX_CATEGORY, MAX_STRING, type FieldSchema } from '../schema.ts';

/**
 * An open category of the client's own picklists. Free text is not a category: what reads like an address is
 * withheld.
 */
export const category = (tag: number): FieldSchema => ({
  tag,
  type: 'category',
  privacy: 'plain',
  maxLength: MAX_CATEGORY,
});

const MAX_TERRITORIES = 255;
/** Names of territories, `;` between them, as a multi-select picklist writes them. */
export const territories = (tag: number): FieldSchema => ({ ...category(tag), maxLength: MAX_TERRITORIES });

/** A closed vocabulary; what is outside it is refused. */
export const oneOf = (tag: number, values: readonly string[]): FieldSchema => ({ ...category(tag), values });

/** A closed vocabulary for what a source words as it likes: anything else becomes `other`. */
export const classOf = (tag: number, values: readonly string[]): FieldSchema => ({
  ...oneOf(tag, [...values, 'other']),
  otherwise: 'other',
});

export const number = (tag: number, min: number, max: number): FieldSchema => ({
  tag,
  type: 'number',
  privacy: 'plain',
  min,
  max,
});

const LARGEST_AMOUNT = 1e13;
const SECONDS_A_DAY = 86_400;

/** Of money, in the currency that stands beside it. */
export const amount = (tag: number): FieldSchema => number(tag, 0, LARGEST_AMOUNT);
/** Of money that may be owed either way. */
export const balance = (tag: number): FieldSchema => number(tag, -LARGEST_AMOUNT, LARGEST_AMOUNT);
export const count = (tag: number): FieldSchema => number(tag, 0, 1e9);
/** Of one sitting. */
export const seconds = (tag: number): FieldSchema => number(tag, 0, SECONDS_A_DAY);
/** Of a meeting, planned or held. */
export const minutes = (tag: number): FieldSchema => number(tag, 0, SECONDS_A_DAY / 60);

export const boolean = (tag: number): FieldSchema => ({ tag, type: 'boolean', privacy: 'plain' });
export const time = (tag: number): FieldSchema => ({ tag, type: 'time', privacy: 'plain' });
/** A calendar day; in the log the ms of its midnight in UTC. */
export const date = (tag: number): FieldSchema => ({ tag, type: 'date', privacy: 'plain' });

/** An id of our own making, never free text. */
export const id = (tag: number): FieldSchema => ({ tag, type: 'string', privacy: 'plain', maxLength: MAX_STRING });

/** A user: an employee, who is never scored. */
export const employee = (tag: number): FieldSchema => ({
  tag,
  type: 'reference',
  privacy: 'employee',
  kind: 'user',
  maxLength: MAX_STRING,
});

/** Another record; the gate puts its subject in the place of its id. `same` is the kind of the event's own subject. */
export const reference = (tag: number, kind: SubjectKind | 'same'): FieldSchema => ({
  tag,
  type: 'reference',
  privacy: 'pseudonymise',
  kind,
  maxLength: MAX_STRING,
});

/** Listed only so that the count of dropped fields is right. */
export const dropped = (tag: number): FieldSchema => ({ tag, type: 'string', privacy: 'drop' });

const MAX_COARSENED = 320; // the longest e-mail address

export const coarsened = (tag: number, coarsener: CoarsenerName): FieldSchema => ({
  tag,
  type: 'string',
  privacy: 'coarsen',
  coarsener,
  maxLength: MAX_COARSENED,
});

export const required = (field: FieldSchema): FieldSchema => ({ ...field, required: true });
/** A time that has come: ahead of our clock it is refused like an event from the future. */
export const past = (field: FieldSchema): FieldSchema => ({ ...field, past: true });
