import { Fault } from '../base/index.ts';
import type { Catalogue, EventSchema, FieldSchema } from '../events/index.ts';
import type { FieldFacts } from './kinds/kind.ts';

const SMALL = 1e8; // a tile of 32 bits holds forty of them

/** What the catalogue says of a field of event types. Throws a Fault: unknown type or field, of two types at once, a reference. */
export function factsOf(catalogue: Catalogue, events: readonly string[], name: string): FieldFacts {
  const types = events.map((event) => schemaOf(catalogue, event));
  const schemas = types.flatMap((type) => fieldOf(type, name) ?? []);
  const [schema] = schemas;
  if (schema === undefined) throw fault(name, `is no field of ${events.join(', ')}`, `use ${[...new Set(types.flatMap(fieldNames))].join(', ')}`);
  const type = typeOf(name, schema);
  if (schemas.some((other) => typeOf(name, other) !== type)) {
    throw fault(name, `is not of one type in ${events.join(', ')}`, 'declare a feature for each');
  }
  const small = schemas.every(({ min, max }) => min !== undefined && min >= 0 && max !== undefined && max <= SMALL);
  const closed = schemas.every(({ values }) => values !== undefined) ? [...new Set(schemas.flatMap(({ values }) => values!))] : null;
  return { type, small, closed };
}

/** The catalogue's schema of a type. Throws a Fault for one that it lacks. */
export function schemaOf(catalogue: Catalogue, event: string): EventSchema {
  const schema = catalogue.byName.get(event);
  if (schema === undefined) throw fault(event, 'is no event type of the catalogue', 'see docs/reference/events.md');
  return schema;
}

const fieldNames = (schema: EventSchema): string[] => Object.keys(schema.versions.at(-1)!.fields);

export const fieldOf = (schema: EventSchema, name: string): FieldSchema | undefined => schema.versions.at(-1)!.fields[name];

function typeOf(name: string, { type, privacy, coarsener }: FieldSchema): FieldFacts['type'] {
  if (type === 'category' || coarsener !== undefined) return 'category';
  if (type === 'number' || type === 'boolean') return type;
  if (type === 'time' || type === 'date') return 'time';
  throw fault(name, privacy === 'drop' ? 'is dropped at the gate' : 'is an id, and ids make no feature', 'use another field');
}

const fault = (value: string, rule: string, remedy: string): Fault => new Fault({ kind: 'input', value, rule, remedy });
