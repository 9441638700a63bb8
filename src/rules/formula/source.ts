import { type FieldSchema, newestFields } from '../../events/index.ts';
import { valueType, type FeatureSpec } from '../../features/index.ts';
import { standardField, standardNamed } from './org-fields.ts';
import { isApiName, type FieldType, type FormulaSettings, type OrgField } from './settings.ts';

/** What a mapping says of an object: by field of the catalogue, where its value comes from. */
export interface ObjectFields {
  readonly fields: Readonly<Record<string, FieldSource>>;
}

export type FieldSource =
  | { readonly column: string; readonly values?: Readonly<Record<string, string>>; readonly otherwise?: string }
  | { readonly constant: string | number | boolean };

/** A feature as a formula has it. */
export type Source =
  | NumberSource
  | ChoiceSource
  | AddressSource;

export interface NumberSource extends OrgField {
  readonly kind: 'number';
  readonly expression: string;
  /** Tells whether there is none; null where there always is one. */
  readonly blank: string | null;
  /** What the feature counts as 100 the expression has as `100 / scale`. */
  readonly scale: number;
}

export interface ChoiceSource extends OrgField {
  readonly kind: 'choice';
  readonly type: 'picklist' | 'text';
  readonly blank: string;
  readonly renamed: Renamed;
}

/** A field that holds an e-mail address, of which the feature is the class: the org sees to it that it is one. */
export interface AddressSource extends OrgField {
  readonly kind: 'address';
  readonly blank: string;
}

/** How the org's own words become those of the feature. */
export interface Renamed {
  readonly values: Readonly<Record<string, string>>;
  readonly otherwise?: string;
}

/** Why a formula cannot say something. */
export interface Unsayable {
  readonly why: string;
}

export const isUnsayable = (value: object): value is Unsayable => 'why' in value;

export interface SourceOptions {
  /** From the rules file: the word of RevOps goes before everything else. */
  readonly settings: Pick<FormulaSettings, 'fields'>;
  /** From a mapping; null where there is none, and the fields are Salesforce's own. */
  readonly object: ObjectFields | null;
}

/** How a formula of the record's own object has the feature, or why it cannot have it. */
export function sourceOf(spec: FeatureSpec, options: SourceOptions): Source | Unsayable {
  const { kind } = spec;
  const own = options.settings.fields[spec.name];
  if (own !== undefined) return fromField(spec, own, { values: {} });
  switch (kind.op) {
    case 'latest':
      return fromLatest(spec, kind, options);
    case 'since':
      if (kind.event.join() === `${spec.entity}.created` && kind.where === undefined) return aged('CreatedDate', 'datetime', null);
      return { why: `counts from events (${few(kind.event)}), and the org's record does not have them` };
    case 'until':
      return kind.as === undefined && kind.where === undefined ? fromLatest(spec, kind, options) : { why: 'is read from a daily file' };
    case 'first':
      return { why: `is the first value of ${kind.field}, and the org keeps the latest` };
    case 'cross':
      return { why: `is read from the ${kind.entity}, not from the record` };
    case 'local_time':
      return { why: 'needs time zones' };
    default:
      return { why: `is made of events (${few(kind.event)}), and a formula sees fields alone` };
  }
}

type Held = Extract<FeatureSpec['kind'], { op: 'latest' | 'until' }>;

function fromLatest(spec: FeatureSpec, { event, field, where }: Held, { object }: SourceOptions): Source | Unsayable {
  const { entity } = spec;
  const creates = `${entity}.created`;
  if (where !== undefined || !event.includes(creates) || event.some((type) => type !== creates && type !== `${entity}.changed`))
    return { why: `is read from events (${few(event)}), and a formula sees fields alone` };
  const schema = schemaOf(creates, field);
  if (schema === undefined) return { why: `${field} is not told when the record is created, so it may be missing here and set in the org` };
  if (schema.coarsener === 'email_domain_class') return fromAddress(spec, object === null ? standardField(entity, field) : mappedAddress(object, field));
  if (schema.privacy === 'coarsen') return { why: `is a class that is made of ${field} at the gate: keep one in the org, and name it under formula.fields` };
  const known = object === null ? standardField(entity, field) : mapped(entity, object, field, schema);
  if (known === undefined) return { why: `no field of Salesforce is known for ${field}: name it under formula.fields, or give a mapping` };
  if (isUnsayable(known)) return known;
  const source = object?.fields[field];
  return fromField(spec, known, source !== undefined && 'column' in source ? { values: source.values ?? {}, ...(source.otherwise !== undefined && { otherwise: source.otherwise }) } : { values: {} });
}

/** The field that a mapping reads addresses from. */
function mappedAddress({ fields }: ObjectFields, field: string): OrgField | undefined {
  const source = fields[field];
  return source !== undefined && 'column' in source && isApiName(source.column) ? { field: source.column, type: 'email' } : undefined;
}

function fromAddress({ kind }: FeatureSpec, known: OrgField | undefined): Source | Unsayable {
  if (known === undefined) return { why: 'no field with an e-mail address is known: name it under formula.fields, or give a mapping' };
  const isClass = 'field' in kind && kind.field === 'email';
  return isClass ? { kind: 'address', ...known, blank: `ISBLANK(${known.field})` } : { why: `is not made of an e-mail address, and ${known.field} holds one` };
}

const schemaOf = (type: string, field: string): FieldSchema | undefined => newestFields(type)[field];

const TYPES: Partial<Record<FieldSchema['type'], FieldType>> = { category: 'picklist', number: 'number', boolean: 'checkbox', date: 'date', time: 'datetime' };

/** The field that a mapping pairs with a field of the catalogue. */
function mapped(entity: string, { fields }: ObjectFields, field: string, schema: FieldSchema): OrgField | Unsayable | undefined {
  const source = fields[field];
  if (source === undefined) return undefined;
  if (!('column' in source)) return { why: `${field} is a constant of the mapping` };
  if (!isApiName(source.column)) return { why: `"${source.column}" of the mapping is no API name of a field: name it under formula.fields` };
  const type = TYPES[schema.type];
  return standardNamed(entity, source.column) ?? (type === undefined ? undefined : { field: source.column, type });
}

/** The feature's value from a field of the org, by the field's type. */
function fromField(spec: FeatureSpec, { field, type }: OrgField, renamed: Renamed): Source | Unsayable {
  const { op } = spec.kind;
  if (type === 'email') return fromAddress(spec, { field, type });
  const blank = `ISBLANK(${field})`;
  if (type === 'picklist' || type === 'text') {
    if (valueType(spec.kind) !== 'categorical') return { why: `is a number, and ${field} is a ${type}` };
    return { kind: 'choice', field, type, blank: type === 'picklist' ? `ISPICKVAL(${field},"")` : blank, renamed };
  }
  if (valueType(spec.kind) !== 'numeric') return { why: `is a category, and ${field} is a ${type}` };
  if (Object.keys(renamed.values).length > 0) return { why: `the mapping renames values of ${field}` };
  if (type === 'date' || type === 'datetime') {
    if (op === 'since') return aged(field, type, blank);
    if (op === 'until') return { kind: 'number', field, type, expression: `${momentOf(field, type)}-NOW()`, blank, scale: 1 };
    return { why: `is a number, and ${field} is a ${type}` };
  }
  if (type === 'checkbox') return { kind: 'number', field, type, expression: `IF(${field},1,0)`, blank: null, scale: 1 };
  // A formula has 50 % as 0.5.
  return { kind: 'number', field, type, expression: field, blank, scale: type === 'percent' ? 100 : 1 };
}

/** Days since a moment. A formula takes one moment from another in days, with fractions. */
const aged = (field: string, type: 'date' | 'datetime', blank: string | null): Source => ({ kind: 'number', field, type, expression: `NOW()-${momentOf(field, type)}`, blank, scale: 1 });

/** A day begins at midnight in UTC, here as there. */
const momentOf = (field: string, type: 'date' | 'datetime'): string => (type === 'date' ? `DATETIMEVALUE(${field})` : field);

const few = (types: readonly string[]): string => (types.length > 3 ? `${types.slice(0, 2).join(', ')} and ${types.length - 2} more` : types.join(', '));
