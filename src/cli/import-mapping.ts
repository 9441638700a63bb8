import { Fault, quote } from '../base/index.ts';
import { catalogue, type FieldSchema } from '../events/index.ts';
import { MISSING_MARKERS, parseNumber } from '../lifecycle/index.ts';

/** Which column of a file feeds which field of `lead.created`. */
export type Mapping = ReadonlyMap<string, string>;

const FIELDS = catalogue.byName.get('lead.created')!.versions.at(-1)!.fields;
/** What the gate drops is not sent to it in the first place. */
const TAKEN = Object.entries(FIELDS).filter(([name, { privacy }]) => privacy !== 'drop' && name !== 'owner');
/** Columns as Salesforce and common exports call them. */
const ALIASES: Readonly<Record<string, string>> = {
  source: 'lead_source',
  number_of_employees: 'employees',
  no_of_employees: 'employees',
  company_size: 'employees',
  revenue: 'annual_revenue',
  job_title: 'title',
  email_address: 'email',
  e_mail: 'email',
};
const MISSING = new Set(MISSING_MARKERS);

/** Pairs columns with fields by name, and by `field=Column` where that is given. Throws a Fault for an unknown one. */
export function mapColumns(header: readonly string[], given: readonly string[]): Mapping {
  const mapping = new Map<string, string>();
  for (const column of header) {
    const name = column.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^_|_$/g, '');
    const field = ALIASES[name] ?? name;
    if (TAKEN.some(([taken]) => taken === field) && !mapping.has(field)) mapping.set(field, column);
  }
  for (const pair of given) {
    const at = pair.indexOf('=');
    const [field, column] = [pair.slice(0, at), pair.slice(at + 1)];
    if (!TAKEN.some(([taken]) => taken === field)) {
      throw input(`--map ${quote(pair)}`, 'names no field of a lead', `use FIELD=COLUMN with one of ${TAKEN.map(([name]) => name).join(', ')}`);
    }
    mapping.set(field, requireColumn(header, column));
  }
  return mapping;
}

/** The column, or a Fault that lists those that are there. */
export function requireColumn(header: readonly string[], column: string): string {
  if (header.includes(column)) return column;
  throw input(`column ${quote(column)}`, 'is not in the file', `use one of ${header.slice(0, 12).map((name) => quote(name, 30)).join(', ')}${header.length > 12 ? ', …' : ''}`);
}

/** The value of a cell as its field's type wants it; undefined where the cell means nothing. */
export function valueOf(field: string, cell: string): string | number | undefined {
  const text = cell.trim();
  if (MISSING.has(text.toLowerCase())) return undefined;
  const { type } = FIELDS[field] as FieldSchema;
  return type === 'number' ? (parseNumber(text, '.') ?? text) : text; // what is no number is for the gate to refuse
}

function input(value: string, rule: string, remedy: string): Fault {
  return new Fault({ kind: 'input', value, rule, remedy });
}
