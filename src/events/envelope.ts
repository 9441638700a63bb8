import { isObject, quote } from '../base/index.ts';
import type { Rejection, SubjectKind } from './event.ts';
import { reject } from './rejection.ts';
import type { Catalogue, EventSchema } from './schema.ts';
import { shown } from './shown.ts';
import { parseTime } from './time.ts';

/** The attributes of a CloudEvent (specification 1.0, JSON format) in their checked form; `data` is still raw. */
export interface Envelope {
  readonly id: string;
  readonly source: string;
  readonly schema: EventSchema;
  readonly version: number;
  /** The id of the record outside. */
  readonly subject: string;
  /** What the record is: the extension attribute `subjectkind`, or the first kind of the type. */
  readonly kind: SubjectKind;
  readonly time: number;
  readonly data: Readonly<Record<string, unknown>>;
}

const ID = /^[\w.:/+=~#,-]{1,200}$/u; // no blank and no @: an id is no one's name or address
const SOURCE = /^[\w.:/-]{1,100}$/u;
const SUBJECT = /^[^\p{C}]{1,100}$/u;
const TYPE = /^([a-z][a-z_]*(?:\.[a-z][a-z_]*)+)(?:\.v([1-9]\d{0,3}))?$/u;
const EARLIEST = Date.UTC(1990, 0, 1);
const NO_TIME = ['is not an ISO 8601 time with a zone', 'send one like 2026-03-02T08:30:00Z'] as const;
const TOO_EARLY = ['is before 1990', 'check the clock of the source'] as const;

/** Reads the envelope. A rejection shows of an attribute what `shown` makes of it. */
export function readEnvelope(raw: unknown, catalogue: Catalogue): Envelope | Rejection {
  if (!isObject(raw)) return malformed(`an event ${shown(raw, 'unknown')}`, 'is not a JSON object', 'send a CloudEvent');
  const { id, source, type, subject, subjectkind, time, data = {} } = raw;
  if (raw['specversion'] !== '1.0') return malformed(`specversion ${shown(raw['specversion'], 'plain')}`, 'is not "1.0"', 'send CloudEvents 1.0');
  if (!matches(ID, id))
    return malformed(`id ${shown(id, 'unknown')}`, 'is not 1 to 200 letters, digits or . : / + = ~ # , - _', 'give each event one');
  if (!matches(SOURCE, source))
    return malformed(`source ${shown(source, 'unknown')}`, 'is not 1 to 100 letters, digits or . : / - _', 'name the source');
  if (!matches(SUBJECT, subject))
    return malformed(`subject ${shown(subject, 'unknown')}`, 'is not 1 to 100 printable characters', 'send the record id');
  if (!isObject(data)) return malformed(`data ${shown(data, 'unknown')}`, 'is not a JSON object', 'send the fields as an object');
  const named = typeof type === 'string' ? TYPE.exec(type) : null;
  if (named === null) return malformed(`type ${shown(type, 'plain')}`, 'is not dotted lower-case words', 'send one like lead.created.v2');
  const schema = catalogue.byName.get(named[1]!);
  if (schema === undefined) {
    return reject(
      'unknown-type',
      quote(named[1]),
      'is not in the catalogue',
      'see docs/reference/events.md for the types',
    );
  }
  const kind = subjectkind === undefined ? schema.kinds[0] : schema.kinds.find((it) => it === subjectkind);
  if (kind === undefined) {
    return malformed(`subjectkind ${shown(subjectkind, 'plain')}`, `is not ${schema.kinds.join(' or ')}`, `say of what record ${schema.name} is`);
  }
  const newest = schema.versions.length;
  const version = named[2] === undefined ? newest : Number(named[2]);
  if (version > newest)
    return reject('version', quote(type), `is newer than v${newest}`, `send v${newest} or update leadrank`);
  const at = typeof time === 'string' ? parseTime(time) : undefined;
  if (at === undefined || at < EARLIEST) {
    const [rule, remedy] = at === undefined ? NO_TIME : TOO_EARLY;
    return malformed(`${schema.name}.v${version} time ${shown(time, 'plain')}`, rule, remedy);
  }
  return { id, source, schema, version, subject, kind, time: at, data };
}

function malformed(value: string, rule: string, remedy: string): Rejection {
  return reject('malformed', value, rule, remedy);
}

function matches(pattern: RegExp, value: unknown): value is string {
  return typeof value === 'string' && pattern.test(value);
}
