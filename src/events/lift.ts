import { Fault, quote } from '../base/index.ts';
import { admit } from './admit.ts';
import { catalogue as standard } from './catalogue/index.ts';
import type { LoggedEvent } from './event.ts';
import type { Catalogue } from './schema.ts';
import { upcast } from './upcast.ts';

/** The newest version of a type's schema. Throws a Fault `newer` for a type that a later release logged. */
export function newestVersion(type: string, catalogue: Catalogue = standard): number {
  const schema = catalogue.byName.get(type);
  if (schema !== undefined) return schema.versions.length;
  throw new Fault({ kind: 'newer', value: quote(type), rule: 'was logged by a later release', remedy: 'update leadrank' });
}

/** A logged event in the newest version of its schema. Throws a Fault `newer`. */
export function liftEvent(event: LoggedEvent, catalogue: Catalogue = standard): LoggedEvent {
  const newest = newestVersion(event.type, catalogue);
  if (event.version > newest) {
    const rule = 'was logged by a later release';
    throw new Fault({ kind: 'newer', value: `${event.type}.v${event.version}`, rule, remedy: 'update leadrank' });
  }
  if (event.version === newest) return event;
  const data = upcast(catalogue.byName.get(event.type)!, event.version, event.data);
  const { offset, received, knownAt } = event;
  return Object.assign(admit({ ...event, version: newest, data }), { offset, received, knownAt });
}
