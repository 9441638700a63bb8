import type { FieldValue, Rejection, SubjectId } from './event.ts';
import { checkField } from './field.ts';
import { reject } from './rejection.ts';
import type { EventData, Fields } from './schema.ts';

/** What was left out of an event at the gate. Counts only: the names of unmapped fields are the sender's own. */
export interface LeftOut {
  /** Fields that the catalogue does not know. */
  readonly unmapped: number;
  /** Fields of the class `drop`. */
  readonly dropped: number;
  /** Categories that held an e-mail address or a telephone number. */
  readonly withheld: number;
}

export interface Cleaned {
  readonly data: EventData;
  readonly leftOut: LeftOut;
}

/**
 * The data of an event without what must not pass, in the order of the schema. `person` gives the subject of an id of a
 * person, or undefined where the id is none; it is asked only when everything else has passed.
 */
export function cleanData(
  where: string,
  fields: Fields,
  raw: Readonly<Record<string, unknown>>,
  person: (id: string) => SubjectId | undefined,
): Cleaned | Rejection {
  const data: Record<string, FieldValue> = {};
  const people: [string, string][] = [];
  let dropped = 0;
  let withheld = 0;
  let known = 0;
  for (const [name, schema] of Object.entries(fields)) {
    const present = Object.hasOwn(raw, name);
    if (present) known += 1;
    if (schema.privacy === 'drop') {
      if (present) dropped += 1;
      continue;
    }
    const check = present ? checkField(schema, raw[name]) : { value: null };
    if ('refused' in check) {
      return reject('wrong-field', `${where} ${name} ${check.refused.found}`, check.refused.rule, check.refused.remedy);
    }
    const value = 'value' in check ? check.value : null;
    if ('withheld' in check) withheld += 1;
    if (value === null && schema.required === true) {
      return 'withheld' in check
        ? reject('wrong-field', `${where} ${name}`, 'holds an e-mail address or a telephone number', 'send a category')
        : reject('missing-field', `${where} ${name}`, 'is required', 'add it to data');
    }
    if (!present) continue;
    data[name] = value;
    if (value !== null && schema.privacy !== 'plain' && schema.privacy !== 'coarsen')
      people.push([name, String(value)]);
  }
  for (const [name, id] of people) {
    const subject = person(id);
    if (subject === undefined) return reject('wrong-field', `${where} ${name}`, 'is not a subject', 'resolve it first');
    data[name] = subject;
  }
  return { data, leftOut: { unmapped: Object.keys(raw).length - known, dropped, withheld } };
}
