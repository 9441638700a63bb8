import fc from 'fast-check';
import { catalogue } from './catalogue/index.ts';
import type { EventSchema, FieldSchema, VersionSchema } from './schema.ts';

/** A CloudEvent as a source sends it. */
export interface WireEvent extends Record<string, unknown> {
  readonly type: string;
  readonly subject: string;
  readonly subjectkind: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Typed {
  readonly schema: EventSchema;
  readonly version: VersionSchema;
  readonly wire: WireEvent;
}

/** What a field of each class gets from a sender that does not know what is personal. */
export type Values = (field: FieldSchema, name: string) => fc.Arbitrary<unknown>;

/** Any event of any type and version whose data is made of `values`, before `now`. */
export function wireEvent(values: Values, now: number): fc.Arbitrary<Typed> {
  const ofTypes = catalogue.types.flatMap((schema) =>
    schema.versions.map((version, index) => ofVersion({ schema, version, index }, values, now)),
  );
  return fc.oneof(...ofTypes);
}

interface Version {
  readonly schema: EventSchema;
  readonly version: VersionSchema;
  readonly index: number;
}

function ofVersion({ schema, version, index }: Version, values: Values, now: number): fc.Arbitrary<Typed> {
  const fields = Object.entries(version.fields).map(([name, field]) => [name, values(field, name)] as const);
  const requiredKeys = Object.keys(version.fields).filter(
    (name) => version.fields[name]!.required === true || name === version.needs?.[0],
  );
  return fc
    .record({
      data: fc.record(Object.fromEntries(fields), { requiredKeys }),
      time: fc.integer({ min: Date.UTC(1990, 0, 1), max: now }),
      id: word(40),
      subject: word(18),
      kind: fc.constantFrom(...schema.kinds),
    })
    .map(({ data, time, id, subject, kind }) => {
      const wire: WireEvent = {
        specversion: '1.0',
        id,
        source: 'fuzz',
        type: `${schema.name}.v${index + 1}`,
        subject,
        subjectkind: kind,
        time: new Date(time).toISOString(),
        data,
      };
      return { schema, version, wire };
    });
}

const LETTERS = fc.constantFrom(...'abcxyzABCXYZ0129_-');
const word = (maxLength: number): fc.Arbitrary<string> => fc.string({ unit: LETTERS, minLength: 1, maxLength });

/** Values that the field allows. */
export function allowed(now: number): Values {
  const stamp = fc.integer({ min: 0, max: now }).map((ms) => new Date(ms).toISOString());
  return (field) => {
    switch (field.type) {
      case 'number':
        return fc.double({ min: field.min ?? -1e9, max: field.max ?? 1e9, noNaN: true });
      case 'boolean':
        return fc.boolean();
      case 'time':
        return stamp;
      case 'date':
        return stamp.map((text) => text.slice(0, 10));
      case 'category':
      case 'reference':
      case 'string':
        return field.values === undefined
          ? word(Math.min(field.maxLength ?? 30, 30))
          : fc.constantFrom(...field.values);
    }
  };
}
