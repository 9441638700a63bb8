import { Fault } from '../base/index.ts';
import type { CoarsenerName } from './coarsen.ts';
import type { FieldValue, SubjectKind } from './event.ts';

/** Who may append: the right that a sender holds. `service` is leadrank itself. */
export type Scope =
  'crm' | 'web' | 'email' | 'telephony' | 'marketing' | 'erp' | 'product' | 'feedback' | 'service';

/**
 * A `time` and a `date` are ISO 8601 on the wire and ms in the log, a date at its midnight in UTC. A `reference` is the id
 * of another record on the wire and its subject in the log.
 */
export type FieldType = 'string' | 'number' | 'boolean' | 'time' | 'date' | 'category' | 'reference';

/** What the gate does with a field: keep it, make it coarse, replace the id of a record by a subject, or drop it. */
export type PrivacyClass = 'plain' | 'coarsen' | 'pseudonymise' | 'employee' | 'drop';

/** One field of a version of an event type. What is absent here is dropped at the gate. */
export interface FieldSchema {
  /** Stands for the field in the log. Never given to another field of the type again. */
  readonly tag: number;
  readonly type: FieldType;
  readonly privacy: PrivacyClass;
  readonly coarsener?: CoarsenerName;
  /** Of what record a reference is the id; `same` is the kind of the event's subject. */
  readonly kind?: SubjectKind | 'same';
  readonly required?: true;
  /** Longest string or category, in UTF-16 units. */
  readonly maxLength?: number;
  /** Bounds of a number, both included. */
  readonly min?: number;
  readonly max?: number;
  /** A closed vocabulary. A value outside it becomes `otherwise`, or is refused where there is none. */
  readonly values?: readonly string[];
  readonly otherwise?: string;
  /** A time that has come: refused when it lies ahead of our clock. */
  readonly past?: true;
}

export type Fields = Readonly<Record<string, FieldSchema>>;
export type EventData = Readonly<Record<string, FieldValue>>;

export interface VersionSchema {
  readonly fields: Fields;
  /** An event without any of these fields says nothing and is refused. */
  readonly needs?: readonly string[];
  /** Lifts clean data of this version to the next; every version but the newest has one. */
  readonly upcast?: (data: EventData) => EventData;
}

export interface EventSchema {
  readonly name: string;
  /** Stands for the type in the log. Never given to another type again. */
  readonly code: number;
  /** What it can be an event of. The first is meant where the sender names no kind. */
  readonly kinds: readonly [SubjectKind, ...SubjectKind[]];
  readonly scopes: readonly Scope[];
  /** Version n is at n - 1. */
  readonly versions: readonly VersionSchema[];
}

export interface Catalogue {
  readonly types: readonly EventSchema[];
  readonly byName: ReadonlyMap<string, EventSchema>;
  readonly byCode: ReadonlyMap<number, EventSchema>;
}

export const MAX_CATEGORY = 80;
export const MAX_STRING = 100;

/** Indexes the types. Throws a Fault where a name, a code or a tag is used twice or an upcaster is absent. */
export function defineCatalogue(types: readonly EventSchema[]): Catalogue {
  const byName = new Map(types.map((type) => [type.name, type]));
  const byCode = new Map(types.map((type) => [type.code, type]));
  if (byName.size < types.length || byCode.size < types.length) {
    throw fault('catalogue', 'a name or code is used twice', 'give each event type its own');
  }
  for (const { name, versions } of types) {
    versions.forEach(({ fields, upcast }, index) => {
      const where = `${name}.v${index + 1}`;
      if ((upcast !== undefined) !== index < versions.length - 1) {
        throw fault(where, 'every version but the newest needs an upcaster', 'add or remove it');
      }
      const schemas = Object.values(fields);
      if (new Set(schemas.map((field) => field.tag)).size < schemas.length) {
        throw fault(where, 'a tag is used twice', 'give each field its own');
      }
      if (schemas.some((field) => (field.privacy === 'coarsen') !== (field.coarsener !== undefined))) {
        throw fault(where, 'a field to coarsen names its coarsener, others none', 'name one');
      }
      if (schemas.some((field) => (field.type === 'reference') !== (field.kind !== undefined))) {
        throw fault(where, 'a reference names the kind of its record, others none', 'name one');
      }
    });
  }
  return { types, byName, byCode };
}

function fault(value: string, rule: string, remedy: string): Fault {
  return new Fault({ kind: 'input', value, rule, remedy });
}
