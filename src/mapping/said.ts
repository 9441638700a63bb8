import type { Datum } from '../base/index.ts';
import { catalogue, newestFields, type SubjectKind } from '../events/index.ts';
import { isChanged, namesOf, type Flat } from './flat.ts';
import type { ChangeHeader } from './header.ts';
import type { ObjectMapping, Source } from './mapping.ts';
import { valueOf, type Value } from './value.ts';

/** What is said of one record, by a change of it or by reading it whole. */
export interface Said extends Pick<ChangeHeader, 'what' | 'key' | 'committed'> {
  readonly record: string;
  readonly flat: Flat;
  /** Whether a field is told, even as empty. */
  readonly tells: (column: string) => boolean;
  /** As it was before, where that is known. */
  readonly before: Flat | undefined;
}

/** An update tells of the changed fields only; a creation of all. */
export function teller({ what, changed }: ChangeHeader): (column: string) => boolean {
  if (what === 'CREATE' || what === 'UNDELETE') return () => true;
  const names = new Set(what === 'DELETE' ? [] : changed.flatMap(namesOf));
  return (column) => isChanged(column, names);
}

/** A field as it is now; undefined where nothing says it. */
export const fieldNow = ({ flat, tells, before }: Said, column: string): Datum | undefined => (tells(column) ? (flat.get(column) ?? null) : before?.get(column));

/** The value of a mapped field as it is now; undefined where it is empty or nothing says it. */
export function valueNow(said: Said, { fields, decimal }: ObjectMapping, type: string, field: string): Value | undefined {
  const source: Source | undefined = fields[field];
  const schema = newestFields(type)[field];
  if (source === undefined || schema === undefined) return undefined;
  return valueOf(schema, source, 'column' in source ? (fieldNow(said, source.column) ?? null) : null, decimal);
}

/** The events of one change of one record. */
export interface Telling {
  readonly events: object[];
  /** `id` names the event within the record; without it, within the change. */
  tell(type: string, content: { data: object; subject?: string; time?: string; id?: string }): void;
}

export function createTelling({ key, record, committed }: Said, kind: SubjectKind): Telling {
  const events: object[] = [];
  return {
    events,
    tell(type, { data, subject = record, time = new Date(committed).toISOString(), id = `${key}-${events.length}` }) {
      if (!catalogue.byName.has(type)) return;
      events.push({ specversion: '1.0', id: `${record}-${id}`, source: 'salesforce', type, subject, subjectkind: kind, time, data });
    },
  };
}
