import { existsSync } from 'node:fs';
import { Fault, inputFault, quote } from '../base/index.ts';
import { newestFields } from '../events/index.ts';
import { loadMapping, readRates, requireColumn, type ObjectMapping, type Rates, type Source } from '../mapping/index.ts';

const FIELDS = newestFields('lead.created');
/** What the gate drops is not sent to it in the first place; own fields and references want a mapping file. */
const TAKEN = Object.entries(FIELDS).filter(
  ([name, { privacy, type }]) => privacy !== 'drop' && type !== 'reference' && !name.startsWith('own_'),
);
/** Columns as common exports call them, where the name of the field is another; in small letters and digits alone. */
const ALIASES: Readonly<Record<string, string>> = {
  source: 'lead_source',
  numberofemployees: 'employees',
  noofemployees: 'employees',
  companysize: 'employees',
  revenue: 'annual_revenue',
  jobtitle: 'title',
  emailaddress: 'email',
  hasoptedoutofemail: 'opted_out',
  emailoptout: 'opted_out',
  donotemail: 'opted_out',
};
/** `Lead Source`, `lead_source` and `LeadSource` are one. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '');
const BY_NAME = new Map([...Object.entries(ALIASES), ...TAKEN.map(([name]) => [plain(name), name] as const)]);

/** How the command line says what a file holds: by a mapping file, or by flags for leads. */
export interface MappingFlags {
  mapping?: string;
  object?: string;
  id?: string;
  owner?: string;
  ownerId?: string;
  created?: string;
  immutable?: string;
  modified?: string;
  map: string[];
}

export interface Mapped {
  readonly object: ObjectMapping;
  readonly rates: Rates;
}

/** What the flags say alone, before the file is opened: a fault in them is told first. */
export function checkFlags({ mapping, object, id, owner, ownerId, created, immutable, modified, map }: MappingFlags): void {
  if (mapping !== undefined) {
    const other = [id, owner, ownerId, created, immutable, modified].some((flag) => flag !== undefined) || map.length > 0;
    if (other) throw inputFault('--mapping', 'says all that --id, --owner, --created, --immutable, --modified and --map say', 'give either the mapping or the others');
    return;
  }
  if (object !== undefined) throw inputFault(`--object ${quote(object)}`, 'names an object of a mapping', 'give the mapping file with --mapping');
  if (id === undefined) throw inputFault('--id', 'every record has an id', 'name its column with --id, or give a --mapping');
  if ((owner === undefined) === (ownerId === undefined)) {
    throw inputFault('--owner', 'every lead has an owner', 'name the column with --owner, or one user for all with --owner-id');
  }
  if (modified !== undefined && immutable === undefined) throw inputFault('--modified', 'goes with --immutable', 'say which fields never change');
  if (created === undefined && immutable !== undefined) {
    throw inputFault('--immutable', 'needs to know when a record was created', 'name the column of that time with --created');
  }
}

/** How the rows of a file become events. Throws a Fault for what the file, the mapping or the catalogue does not have. */
export function mappingOf(header: readonly string[], flags: MappingFlags): Mapped {
  return flags.mapping === undefined ? mappingOfFlags(header, flags) : mappingOfFile(flags.mapping, flags.object);
}

function mappingOfFile(path: string, name: string | undefined): Mapped {
  if (!existsSync(path)) throw new Fault({ kind: 'missing', value: path, rule: 'no such file', remedy: 'name the mapping file' });
  const { objects, rates } = loadMapping(path);
  const names = Object.keys(objects);
  const object = name ?? (names.length === 1 ? names[0]! : undefined);
  if (object === undefined) throw inputFault(path, `maps ${names.length} objects`, `say with --object which of ${names.join(', ')} the file holds`);
  if (!Object.hasOwn(objects, object)) throw inputFault(`--object ${quote(object)}`, `is not in ${path}`, `use one of ${names.join(', ')}`);
  return { object: objects[object]!, rates };
}

function mappingOfFlags(header: readonly string[], { id, owner, ownerId, created, immutable, modified, map }: MappingFlags): Mapped {
  const fields: Record<string, Source> = Object.fromEntries([...pairColumns(header, map)].map(([field, column]) => [field, { column }]));
  fields['owner'] = owner === undefined ? { constant: ownerId! } : { column: requireColumn(header, owner) };
  const past = {
    ...(created !== undefined && { time: created }),
    ...(modified !== undefined && { modified: requireColumn(header, modified) }),
    ...(immutable !== undefined && { immutable: immutableOf(immutable, fields) }),
  };
  return {
    object: { name: 'Lead', type: 'lead.created', kind: 'lead', decimal: '.', id: requireColumn(header, id!), fields, ...past },
    rates: readRates(undefined, {}),
  };
}

/** Fields that hold from the creation on, `,` between them. */
function immutableOf(given: string, fields: Readonly<Record<string, Source>>): string[] {
  const names = given.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined) throw inputFault(`--immutable ${quote(unknown)}`, 'is no field that the file fills', `use some of ${Object.keys(fields).join(',')}`);
  return names;
}

/** Pairs columns with fields by name, and by `field=Column` where that is given. Throws a Fault for an unknown one. */
function pairColumns(header: readonly string[], given: readonly string[]): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const column of header) {
    const field = BY_NAME.get(plain(column));
    if (field !== undefined && !pairs.has(field)) pairs.set(field, column);
  }
  for (const pair of given) {
    const at = pair.indexOf('=');
    const [field, column] = [pair.slice(0, at), pair.slice(at + 1)];
    if (!TAKEN.some(([taken]) => taken === field)) {
      throw inputFault(`--map ${quote(pair)}`, 'names no field of a lead', `use FIELD=COLUMN with one of ${TAKEN.map(([name]) => name).join(', ')}`);
    }
    pairs.set(field, requireColumn(header, column));
  }
  return pairs;
}
