import { inputFault, listOf, named, oneWord, optional, quote, readYamlAs, shape, text, type Form } from '../base/index.ts';
import { catalogue, type EventSchema, type Fields, type SubjectKind } from '../events/index.ts';
import { rawFeatures, readFeatures } from './features.ts';
import { checkFilled, OF_THE_FILE } from './filled.ts';
import type { Mapping, Meaning, Meanings, ObjectMapping, Outcome, Source } from './mapping.ts';
import { readRates } from './rates.ts';

/** What a picklist can say of which kind of record. */
const MEANINGS: Readonly<Record<string, readonly Meaning[]>> = {
  lead: ['active', 'qualified', 'converted', 'closed'],
  opportunity: ['active', 'won', 'lost'],
};
/** A record that is mapped as a whole becomes its creation. */
const RECORDS = ['lead', 'contact', 'account', 'opportunity', 'campaign'] as const;

interface RawObject {
  is: string;
  subject_kind?: string | undefined;
  id: string;
  time?: string | undefined;
  immutable?: readonly string[] | undefined;
  modified?: string | undefined;
  known?: string | undefined;
  record_type?: string | undefined;
  decimal?: '.' | ',' | undefined;
  fields: Readonly<Record<string, Source>>;
  outcome?: RawOutcome | undefined;
}

interface RawOutcome {
  column: string;
  at?: string | undefined;
  values: Readonly<Record<string, readonly string[]>>;
  record_types?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> | undefined;
}

const columnSource = shape<{ column: string; values?: Readonly<Record<string, string>> | undefined; otherwise?: string | undefined }>({
  column: text,
  values: optional(named(text)),
  otherwise: optional(text),
});
const constant: Form<string | number | boolean> = (value, path) => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw inputFault(`${path}: ${quote(value)}`, 'is no text, number or flag', 'give one');
};
const source: Form<Source> = (value, path) => {
  if (typeof value === 'string') return { column: text(value, path) };
  const isConstant = typeof value === 'object' && value !== null && 'constant' in value;
  return isConstant ? shape<{ constant: string | number | boolean }>({ constant })(value, path) : (columnSource(value, path) as Source);
};
const meanings = named(listOf(text));
const outcome = shape<RawOutcome>({ column: text, at: optional(text), values: meanings, record_types: optional(named(meanings)) });
const object = shape<RawObject>({
  is: text,
  subject_kind: optional(text),
  id: text,
  time: optional(text),
  immutable: optional(listOf(text)),
  modified: optional(text),
  known: optional(text),
  record_type: optional(text),
  decimal: optional(oneWord(['.', ','])),
  fields: named(source),
  outcome: optional(outcome),
});
const file = shape<{
  home_currency?: string | undefined;
  rates?: unknown;
  objects: Readonly<Record<string, RawObject>>;
  features: ReturnType<typeof rawFeatures>;
}>({
  home_currency: optional(text),
  rates: (value) => value,
  objects: named(object),
  features: (value, path) => rawFeatures(value, path, {}),
});

/** The mapping of a YAML or JSON file. Throws a Fault that names the file's place, the rule and the remedy. */
export const loadMapping = (path: string): Mapping => readYamlAs(path, readMapping);

/** Checks what a mapping file holds against the catalogue. */
export function readMapping(value: unknown): Mapping {
  const { home_currency: home, rates, objects, features } = file(value, '');
  const names = Object.keys(objects);
  if (names.length === 0 && Object.keys(features).length === 0) throw inputFault('objects: nothing', 'maps no object', 'add one, such as Lead');
  const read = Object.fromEntries(names.map((name) => [name, readObject(name, objects[name]!)]));
  const mapping: Mapping = { rates: readRates(home, rates), objects: Object.freeze(read), features: readFeatures(features) };
  checkFilled(mapping.features, mapping);
  return Object.freeze(mapping);
}

function readObject(name: string, raw: RawObject): ObjectMapping {
  const schema = typeOf(name, raw.is);
  const kind = kindOf(name, raw, schema);
  checkFields(name, raw.fields, schema);
  if (raw.record_type === undefined && raw.outcome?.record_types !== undefined) {
    throw inputFault(`objects.${name}.outcome.record_types`, 'needs to know the record type of a row', 'name its column as record_type');
  }
  checkHistory(name, raw, schema);
  return Object.freeze({
    name,
    type: schema.name,
    kind,
    id: raw.id,
    decimal: raw.decimal ?? '.',
    fields: raw.fields,
    ...(raw.time !== undefined && { time: raw.time }),
    ...(raw.immutable !== undefined && { immutable: raw.immutable }),
    ...(raw.modified !== undefined && { modified: raw.modified }),
    ...(raw.known !== undefined && { known: raw.known }),
    ...(raw.record_type !== undefined && { recordType: raw.record_type }),
    ...(raw.outcome !== undefined && { outcome: readOutcome(`objects.${name}.outcome`, raw.outcome, raw.is) }),
  });
}

function typeOf(name: string, is: string): EventSchema {
  const isRecord = RECORDS.some((record) => record === is);
  const schema = catalogue.byName.get(isRecord ? `${is}.created` : is);
  if (schema !== undefined && !schema.scopes.every((scope) => scope === 'service')) return schema;
  throw inputFault(`objects.${name}.is: ${quote(is)}`, 'is no record and no event type', `use ${RECORDS.join(', ')}, or a type of docs/reference/events.md`);
}

function kindOf(name: string, { subject_kind: kind }: RawObject, schema: EventSchema): SubjectKind {
  return kind === undefined ? schema.kinds[0] : oneWord(schema.kinds)(kind, `objects.${name}.subject_kind`);
}

/** What a record may lack, but a mapping may not forget: those of a whole file would be on nobody's list. */
const WHOSE: Readonly<Record<string, string>> = { 'lead.created': 'owner', 'opportunity.created': 'owner' };

function checkFields(name: string, sources: RawObject['fields'], schema: EventSchema): void {
  const fields: Fields = schema.versions.at(-1)!.fields;
  const usable = Object.keys(fields).filter((field) => fields[field]!.privacy !== 'drop');
  for (const field of Object.keys(sources)) {
    const place = `objects.${name}.fields.${field}`;
    const known = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (known === undefined) throw inputFault(place, `is no field of ${schema.name}`, `use ${usable.join(', ')}`);
    if (known.privacy === 'drop') throw inputFault(place, 'is personal and never stored', 'leave it out');
  }
  const needed = (field: string): boolean => fields[field]!.required === true || WHOSE[schema.name] === field;
  const missing = usable.find((field) => needed(field) && !OF_THE_FILE.has(field) && !Object.hasOwn(sources, field));
  if (missing !== undefined) throw inputFault(`objects.${name}.fields`, `lacks ${missing}, which ${schema.name} needs`, 'name its column, or a constant');
}

/** What a mapping says of the past of a record or of what happened. */
function checkHistory(name: string, { time, immutable, modified, known, fields }: RawObject, schema: EventSchema): void {
  const place = `objects.${name}`;
  const isRecord = schema.name.endsWith('.created');
  if (known !== undefined && isRecord) throw inputFault(`${place}.known`, 'is of what happened, and this is a record', 'say which of its fields are immutable');
  if (modified !== undefined && immutable === undefined) throw inputFault(`${place}.modified`, 'goes with immutable', 'say which fields never change, or [] where none is known');
  if (immutable === undefined) return;
  if (!isRecord) throw inputFault(`${place}.immutable`, `is of records, and ${schema.name} is something that happened`, 'name the column of the time at which it was entered as known');
  if (time === undefined) throw inputFault(`${place}.immutable`, 'needs to know when a record was created', 'name the column of that time as time');
  const unknown = immutable.find((field) => !Object.hasOwn(fields, field));
  if (unknown !== undefined) throw inputFault(`${place}.immutable: ${quote(unknown)}`, 'is not mapped', `use ${Object.keys(fields).join(', ')}`);
}

function readOutcome(place: string, { column, at, values, record_types: types = {} }: RawOutcome, is: string): Outcome {
  const known = MEANINGS[is];
  if (known === undefined) throw inputFault(place, `is not for ${is}`, `leave it out; ${Object.keys(MEANINGS).join(' and ')} have one`);
  const all = [[`${place}.values`, values] as const, ...Object.entries(types).map(([type, own]) => [`${place}.record_types.${type}`, own] as const)];
  for (const [where, given] of all) checkMeanings(where, given, known);
  const ends = all.some(([, given]) => Object.entries(given).some(([meaning, words]) => meaning !== 'active' && words.length > 0));
  if (ends && at === undefined) throw inputFault(place, 'does not say when a record took its value', 'name the column of that time as at');
  return Object.freeze({
    column,
    ...(at !== undefined && { at }),
    values: values as Meanings,
    byRecordType: types as Readonly<Record<string, Meanings>>,
  });
}

function checkMeanings(where: string, given: Readonly<Record<string, readonly string[]>>, known: readonly Meaning[]): void {
  const seen = new Map<string, string>();
  for (const [meaning, words] of Object.entries(given)) {
    oneWord(known)(meaning, where);
    for (const word of words) {
      const other = seen.get(word);
      if (other !== undefined) throw inputFault(`${where}: ${quote(word)}`, `counts as ${other} and as ${meaning}`, 'keep one');
      seen.set(word, meaning);
    }
  }
}
