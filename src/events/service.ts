import { Fault, randomId } from '../base/index.ts';
import { admit } from './admit.ts';
import { catalogue as standard } from './catalogue/index.ts';
import { cleanData } from './clean.ts';
import type { Event, FieldValue, SubjectId } from './event.ts';
import { isSubject } from './identities.ts';
import { isRejection } from './rejection.ts';
import type { Catalogue } from './schema.ts';

export interface ServiceEventParts {
  readonly type: string;
  readonly subject: SubjectId;
  /** ms; fields of type `time` are ISO 8601 as on the wire. */
  readonly time: number;
  /** References are subjects already. */
  readonly data: Readonly<Record<string, FieldValue>>;
  readonly id?: string;
  readonly source?: string;
  readonly catalogue?: Catalogue;
}

/**
 * An event that leadrank makes itself: an impression, feedback given in its own page, control. The same schemas hold as
 * at the gate. Throws a Fault of kind `input` where they are broken.
 */
export function serviceEvent({
  type,
  subject,
  time,
  data,
  id = randomId('e_'),
  source = 'leadrank',
  catalogue = standard,
}: ServiceEventParts): Event {
  const schema = catalogue.byName.get(type);
  if (schema === undefined || !schema.scopes.includes('service')) {
    throw new Fault({
      kind: 'input',
      value: type,
      rule: 'is no event of the service',
      remedy: 'send it through the gate',
    });
  }
  const kind = schema.kinds.find((it) => isSubject(it, subject));
  if (kind === undefined || !Number.isSafeInteger(time)) {
    throw new Fault({
      kind: 'input',
      value: type,
      rule: `needs a subject of kind ${schema.kinds.join(' or ')} and a time in ms`,
      remedy: 'check the caller',
    });
  }
  const version = schema.versions.length;
  const cleaned = cleanData({
    where: `${type}.v${version}`,
    version: schema.versions[version - 1]!,
    raw: data,
    kind,
    latest: Infinity,
    subjectOf: (of, text) => (isSubject(of, text) ? text : undefined),
  });
  if (isRejection(cleaned)) {
    throw new Fault({ kind: 'input', value: cleaned.code, rule: cleaned.message, remedy: 'check the caller' });
  }
  if (cleaned.leftOut.unmapped > 0) {
    throw new Fault({ kind: 'input', value: type, rule: 'has a field that the catalogue lacks', remedy: 'declare it' });
  }
  return admit({ id, source, type, version, subject, time, data: cleaned.data });
}
