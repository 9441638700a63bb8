import { Fault } from '../base/index.ts';
import type { CoarsenerName } from './coarsen.ts';
import type { FieldValue, SubjectKind } from './event.ts';

/** Who may append: the right that a sender holds. `service` is leadrank itself. */
export type Scope = 'crm' | 'web' | 'email' | 'telephony' | 'feedback' | 'service';

export type FieldType = 'string' | 'number' | 'boolean' | 'time' | 'category';

/** What the gate does with a field: keep it, make it coarse, replace the id of a person by a subject, or drop it. */
export type PrivacyClass = 'plain' | 'coarsen' | 'pseudonymise' | 'employee' | 'drop';

/** One field of a version of an event type. What is absent here is dropped at the gate. */
export interface FieldSchema {
  /** Stands for the field in the log. Never given to another field of the type again. */
  readonly tag: number;
  readonly type: FieldType;
  readonly privacy: PrivacyClass;
  readonly coarsener?: CoarsenerName;
  readonly required?: true;
  /** Longest string or category, in UTF-16 units. */
  readonly maxLength?: number;
  /** Bounds of a number, both included. */
  readonly min?: number;
  readonly max?: number;
  /** A closed vocabulary. A value outside it becomes `otherwise`, or is refused where there is none. */
  readonly values?: readonly string[];
  readonly otherwise?: string;
}

export type Fields = Readonly<Record<string, FieldSchema>>;
export type EventData = Readonly<Record<string, FieldValue>>;

export interface VersionSchema {
  readonly fields: Fields;
  /** Lifts clean data of this version to the next; every version but the newest has one. */
  readonly upcast?: (data: EventData) => EventData;
}

export interface EventSchema {
  readonly name: string;
  /** Stands for the type in the log. Never given to another type again. */
  readonly code: number;
  readonly kind: SubjectKind;
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
    });
  }
  return { types, byName, byCode };
}

function fault(value: string, rule: string, remedy: string): Fault {
  return new Fault({ kind: 'input', value, rule, remedy });
}
