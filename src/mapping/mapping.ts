import type { SubjectKind } from '../events/index.ts';
import type { FeatureSpec } from '../features/index.ts';
import type { Rates } from './rates.ts';

/** Where the value of a field comes from: a column, its values renamed where that is said, or the same for all. */
export type Source =
  | { readonly column: string; readonly values?: Readonly<Record<string, string>>; readonly otherwise?: string }
  | { readonly constant: string | number | boolean };

/** What the values of a picklist say of a record: by meaning, the client's own words. */
export type Meanings = Readonly<Partial<Record<Meaning, readonly string[]>>>;
export type Meaning = 'active' | 'qualified' | 'converted' | 'closed' | 'won' | 'lost';

/** What the client counts as active, qualified, converted or won, record type by record type. */
export interface Outcome {
  readonly column: string;
  /** The column of the time at which the record took its value. */
  readonly at?: string;
  readonly values: Meanings;
  /** By record type, in the place of `values`. */
  readonly byRecordType: Readonly<Record<string, Meanings>>;
}

/** How the rows or records of one kind become events. */
export interface ObjectMapping {
  /** As the mapping names it, e.g. `Lead`. */
  readonly name: string;
  /** The event type that a row becomes, without version. */
  readonly type: string;
  /** Of the subject. */
  readonly kind: SubjectKind;
  /** The column of the record id. */
  readonly id: string;
  /** The column of the event's time; without it, the time of the import. */
  readonly time?: string;
  /** Of a record: the fields that have stood as they do since it was created. With it, its creation and its end are known from their times. */
  readonly immutable?: readonly string[];
  /** Of a record: the column of its last change; without it, what may change is told as of the creation. */
  readonly modified?: string;
  /** Of what happened: the column of the time at which it was entered; without it, the event's time. */
  readonly known?: string;
  readonly recordType?: string;
  /** How the file writes 1½: 1.5 or 1,5. */
  readonly decimal: '.' | ',';
  readonly fields: Readonly<Record<string, Source>>;
  readonly outcome?: Outcome;
}

export interface Mapping {
  readonly rates: Rates;
  readonly objects: Readonly<Record<string, ObjectMapping>>;
  /** What the client computes of its own fields. */
  readonly features: readonly FeatureSpec[];
}
