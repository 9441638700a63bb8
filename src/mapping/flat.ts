import type { Datum } from '../base/index.ts';

/** The fields of a record by name. */
export type Flat = ReadonlyMap<string, Datum>;

/**
 * The fields of a Salesforce record: those of a compound one (`MailingAddress: { City }`) under their path (`MailingAddress.City`) and
 * under the name that they have as a field of their own (`MailingCity`). A list is left out.
 */
export function flatRecord(record: Readonly<Record<string, unknown>>): Flat {
  const flat = new Map<string, Datum>();
  for (const [name, value] of Object.entries(record)) {
    if (isDatum(value)) {
      if (!flat.has(name)) flat.set(name, value);
      continue;
    }
    if (value === undefined || Array.isArray(value)) continue;
    for (const [part, inner] of Object.entries(value as object)) {
      if (isDatum(inner)) for (const own of namesOf(`${name}.${part}`)) flat.set(own, inner);
    }
  }
  return flat;
}

/** The names of a field in a list of changed ones: itself, and as a field of its own where it is part of a compound one. */
export function namesOf(field: string): string[] {
  const [compound, part] = field.split('.');
  return part === undefined ? [field] : [field, `${compound!.replace(/(?:Address|Name)$/u, '')}${part}`];
}

/** Whether a column is among the changed fields, or part of a compound field that is. */
export function isChanged(column: string, changed: ReadonlySet<string>): boolean {
  if (changed.has(column)) return true;
  const [path] = column.split('.');
  if (path !== column && changed.has(path!)) return true;
  const address = ADDRESS.exec(column);
  return address !== null && changed.has(`${address[1]}Address`);
}

const ADDRESS = /^(Billing|Shipping|Mailing|Other|)(?:Street|City|State|PostalCode|Country|StateCode|CountryCode|Latitude|Longitude|GeocodeAccuracy)$/u;

const isDatum = (value: unknown): value is Datum => value === null || ['string', 'number', 'boolean'].includes(typeof value);
