import type { FieldValue, Rejection, SubjectId, SubjectKind } from './event.ts';
import { checkField } from './field.ts';
import { reject, suppressed } from './rejection.ts';
import type { EventData, FieldSchema, VersionSchema } from './schema.ts';
import { shown } from './shown.ts';

/** What was left out of an event at the gate. Counts only: the names of unmapped fields are the sender's own. */
export interface LeftOut {
  /** Fields that the catalogue does not know. */
  readonly unmapped: number;
  /** Fields of the class `drop`. */
  readonly dropped: number;
  /** Categories that held an e-mail address or a telephone number. */
  readonly withheld: number;
  /** References to who was erased. */
  readonly suppressed: number;
}

export interface Cleaned {
  readonly data: EventData;
  readonly leftOut: LeftOut;
}

export interface Cleaning {
  /** Type and version, as a refusal names them. */
  readonly where: string;
  readonly version: VersionSchema;
  readonly raw: Readonly<Record<string, unknown>>;
  /** Of the event's subject. */
  readonly kind: SubjectKind;
  /** The latest that a time of the past may be, ms. */
  readonly latest: number;
  /** The subject of a reference, or undefined where it is none; asked only when everything else has passed. `suppressed` is who was erased and is kept out. */
  readonly subjectOf: (kind: SubjectKind, id: string) => SubjectId | 'suppressed' | undefined;
}

/** The data of an event without what must not pass, in the order in which it was sent. */
export function cleanData({ where, version, raw, kind, latest, subjectOf }: Cleaning): Cleaned | Rejection {
  const { fields, needs } = version;
  const data: Record<string, FieldValue> = {};
  const references: string[] = [];
  let dropped = 0;
  let withheld = 0;
  let unmapped = 0;
  let keptOut = 0;
  for (const name of Object.keys(raw)) {
    const schema = Object.hasOwn(fields, name) ? fields[name]! : undefined;
    if (schema === undefined) {
      unmapped += 1;
      continue;
    }
    if (schema.privacy === 'drop') {
      dropped += 1;
      continue;
    }
    const check = checkField(schema, raw[name]);
    if ('refused' in check) {
      const { found, rule, remedy } = check.refused;
      return refuse({ code: 'wrong-field', where, name, found }, rule, remedy);
    }
    const value = 'value' in check ? check.value : null;
    if ('withheld' in check) {
      withheld += 1;
      if (schema.required === true) return refuse({ code: 'wrong-field', where, name, found: shown(raw[name], 'unknown') }, PERSONAL, 'send a category');
    }
    if (schema.past === true && typeof value === 'number' && value > latest) {
      return refuse({ code: 'future', where, name, found: new Date(value).toISOString() }, 'lies ahead of our clock', 'set the clock of the source');
    }
    data[name] = value;
    if (value !== null && schema.type === 'reference') references.push(name);
  }
  const missing = requiredOf(version).find((name) => (data[name] ?? null) === null);
  if (missing !== undefined) return refuse({ code: 'missing-field', where, name: missing }, 'is required', 'add it to data');
  if (needs !== undefined && isWithout(data, needs)) {
    return reject('missing-field', where, `needs one of ${needs.join(', ')}`, 'add it to data');
  }
  for (const name of references) {
    const subject = subjectOf(kindNamed(fields[name]!, kind), String(data[name]));
    if (subject === undefined) return refuse({ code: 'wrong-field', where, name, found: shown(data[name], 'unknown') }, 'is not a subject', 'resolve it first');
    data[name] = subject === 'suppressed' ? null : subject;
    if (subject !== 'suppressed') continue;
    if (fields[name]!.required === true || (needs?.includes(name) === true && isWithout(data, needs))) return suppressed(`${where} ${name}`);
    keptOut += 1;
  }
  return { data, leftOut: { unmapped, dropped, withheld, suppressed: keptOut } };
}

interface Blame {
  readonly code: Rejection['code'];
  readonly where: string;
  readonly name: string;
  /** What came, safe to print. */
  readonly found?: string;
}

function refuse({ code, where, name, found }: Blame, rule: string, remedy: string): Rejection {
  return { ...reject(code, found === undefined ? `${where} ${name}` : `${where} ${name} ${found}`, rule, remedy), field: { type: where, name } };
}

const isWithout = (data: EventData, needs: readonly string[]): boolean => needs.every((name) => (data[name] ?? null) === null);

const PERSONAL = 'holds an e-mail address or a telephone number';
const REQUIRED = new WeakMap<VersionSchema, readonly string[]>();

function requiredOf(version: VersionSchema): readonly string[] {
  const known = REQUIRED.get(version);
  if (known !== undefined) return known;
  const names = Object.keys(version.fields).filter((name) => version.fields[name]!.required === true);
  REQUIRED.set(version, names);
  return names;
}

const kindNamed = ({ kind }: FieldSchema, own: SubjectKind): SubjectKind => (kind === 'same' ? own : kind!);
