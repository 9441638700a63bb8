import { textOf } from '../base/index.ts';
import { NO_CHANGE, type Change } from './change-result.ts';
import { flatRecord } from './flat.ts';
import { happening } from './happening.ts';
import { readHeader } from './header.ts';
import type { Mapping } from './mapping.ts';
import { recordChange } from './record-change.ts';
import { teller } from './said.ts';

type SalesforceRecord = Readonly<Record<string, unknown>>;

export interface ChangeMapperOptions {
  readonly mapping: Pick<Mapping, 'objects' | 'rates'>;
  /** As whom our own writes name themselves in `Sforce-Call-Options`. */
  readonly client?: string;
  /** A record as it was before the change, where that is known; it saves reading it again, and tells a step back from a step on. */
  readonly recall?: (entity: string, id: string) => SalesforceRecord | undefined;
}

/** Turns change events of Salesforce, and records read whole, into events: without a clock, and the same way each time. */
export interface ChangeMapper {
  /** Of a change event in JSON: `ChangeEventHeader` and the fields; unchanged ones may be null. Never throws. */
  ofChange(change: unknown): Change;
  /** Of a record that was read whole, as of a time (ms): all of its fields count, the empty ones too. */
  ofRecord(entity: string, record: SalesforceRecord, at: number): Change;
}

export function createChangeMapper({ mapping: { objects, rates }, client = 'leadrank', recall }: ChangeMapperOptions): ChangeMapper {
  const isOwn = (origin: string): boolean => origin.split(';').some((part) => part.trim() === `client=${client}`);
  const objectOf = (entity: string) => (Object.hasOwn(objects, entity) ? objects[entity] : undefined);
  const beforeOf = (entity: string, id: string) => {
    const was = recall?.(entity, id);
    return was && flatRecord(was);
  };
  return {
    ofChange(change) {
      const header = readHeader(change);
      if (header === undefined) return { ...NO_CHANGE, ignored: 'malformed' };
      const { entity, what, records, isGap, overflows, origin } = header;
      const object = objectOf(entity);
      if (object === undefined) return { ...NO_CHANGE, ignored: 'unmapped' };
      if (overflows) return { ...NO_CHANGE, resync: true };
      if (isOwn(origin)) return { ...NO_CHANGE, ignored: 'own' };
      if (isGap && what !== 'DELETE') return { ...NO_CHANGE, fetch: records };
      const flat = flatRecord(change as SalesforceRecord);
      const tells = teller(header);
      const say = object.type.endsWith('.created') ? recordChange : happening;
      return together(records.map((record) => say(object, { ...header, record, flat, tells, before: beforeOf(entity, record) }, rates)));
    },
    ofRecord(entity, read, at) {
      const object = objectOf(entity);
      if (object === undefined) return { ...NO_CHANGE, ignored: 'unmapped' };
      const flat = flatRecord(read);
      const record = textOf(flat.get('Id'));
      const said = { record, key: `read-${at}`, committed: at, flat, tells: (column: string) => flat.has(column), before: beforeOf(entity, record) };
      if (!object.type.endsWith('.created')) return happening(object, { ...said, what: 'CREATE' });
      return recordChange(object, { ...said, what: 'UPDATE' }, rates);
    },
  };
}

/** The changes of several records as one. */
function together(changes: readonly Change[]): Change {
  return {
    events: changes.flatMap(({ events }) => events),
    fetch: changes.flatMap(({ fetch }) => fetch),
    resync: changes.some(({ resync }) => resync),
    ignored: null,
    unknownValues: [...new Set(changes.flatMap(({ unknownValues }) => unknownValues))],
    missingRates: [...new Set(changes.flatMap(({ missingRates }) => missingRates))],
  };
}
