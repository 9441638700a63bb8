import { textOf } from '../base/index.ts';
import { newestFields } from '../events/index.ts';
import { NO_CHANGE, type Change } from './change-result.ts';
import { consequence } from './consequence.ts';
import type { ObjectMapping } from './mapping.ts';
import { meaningOf, type Said as Meant } from './meaning.ts';
import { inHomeCurrency } from './money.ts';
import type { Rates } from './rates.ts';
import { createTelling, fieldNow, valueNow, type Said } from './said.ts';
import { isoOf, momentOf, type Value } from './value.ts';

/** A conversion names what the lead became. */
const CONVERTED = { account: 'ConvertedAccountId', contact: 'ConvertedContactId', opportunity: 'ConvertedOpportunityId' };
const ENDS = new Set(['converted', 'closed', 'won', 'lost']);
/** What happens to a record once: the name of that event within it. A conversion that the picklist tells does not name what the lead became. */
const FINAL: Readonly<Record<string, string>> = { won: 'won', converted: 'converted-as-picked' };
const PRICED = ['amount', 'currency'];

/** What a change of a lead, a contact, an account, an opportunity or a campaign becomes. */
export function recordChange(object: ObjectMapping, said: Said, rates: Rates): Change {
  const { kind, outcome } = object;
  const { what, flat, tells, record } = said;
  const { events, tell } = createTelling(said, kind);
  const result = { ...NO_CHANGE, events };
  if (what === 'DELETE') {
    tell(`${kind}.deleted`, { data: {} });
    return result;
  }
  const isNew = what !== 'UPDATE';
  const type = isNew ? object.type : `${kind}.changed`;
  const fields = newestFields(type);
  const word = outcome !== undefined && tells(outcome.column) ? textOf(flat.get(outcome.column)) : '';
  const meant = word === '' ? undefined : meaningOf(outcome!, recordTypeOf(object, said), word);
  const isConverted = kind === 'lead' && tells('IsConverted') && flat.get('IsConverted') === true;

  const data = dataOf(object, said, type);
  const isLacking = lacks(object, said, { data, meant });
  if (isLacking) for (const field of PRICED) delete data[field];
  else if (PRICED.some((field) => field in data)) Object.assign(data, inHomeCurrency(moneyNow(object, said), fields, rates, said.committed));
  if (meant?.meaning === 'active' && !isLacking) {
    if (Object.hasOwn(fields, 'status')) data['status'] = word;
    if (Object.hasOwn(fields, 'stage_order')) Object.assign(data, { stage: word, stage_order: meant.order });
  }
  const born = what === 'CREATE' && object.time !== undefined && textOf(flat.get(object.time)) !== '' ? { time: isoOf(flat.get(object.time)!) } : {};
  if (isNew || Object.keys(data).length > 0) tell(type, { data, ...born });

  if (isConverted) tell('lead.converted', { data: converted(said), time: momentAt(said, 'ConvertedDate'), id: 'converted' });
  else if (meant !== undefined && !isLacking) tellMove();
  return {
    ...result,
    fetch: isLacking ? [record] : [],
    unknownValues: word !== '' && meant === undefined && !isLacking ? [word] : [],
    missingRates: data['conversion'] === 'missing' ? [textOf(moneyNow(object, said)['currency'])] : [],
  };

  /** What it means that the picklist has another value now. */
  function tellMove(): void {
    const { column, at } = outcome!;
    const last = said.before === undefined ? undefined : meaningOf(outcome!, recordTypeOf(object, said), textOf(said.before.get(column)))?.meaning;
    const moved = at !== undefined && tells(at) && textOf(flat.get(at)) !== '' ? isoOf(flat.get(at)!) : new Date(said.committed).toISOString();
    const time = at === undefined || !tells(at) ? moved : momentAt(said, at);
    if (meant!.meaning === 'active') {
      if (last !== undefined && ENDS.has(last)) tell(`${kind}.reopened`, { data: kind === 'opportunity' ? { stage: word } : {} });
      return;
    }
    const money = kind === 'opportunity' ? moneyNow(object, said) : {};
    const instant = Date.parse(time);
    const priced = kind === 'opportunity' ? { ...money, ...inHomeCurrency(money, fields, rates, Number.isNaN(instant) ? said.committed : instant) } : {};
    const more = last === meant!.meaning ? undefined : consequence(kind, meant!, word, priced);
    // the same whether the change or the record as a whole tells it; what is won is won once, whatever is said of it later
    if (more !== undefined) tell(more.type, { data: more.data, time, id: FINAL[meant!.meaning] ?? `${meant!.meaning}-${moved}` });
  }
}

const recordTypeOf = ({ recordType }: ObjectMapping, said: Said): string => (recordType === undefined ? '' : textOf(fieldNow(said, recordType)));

/** The mapped fields that are told; one that was emptied is null. */
function dataOf(object: ObjectMapping, said: Said, type: string): Record<string, Value | null> {
  const fields = newestFields(type);
  const isNew = said.what !== 'UPDATE';
  const data: Record<string, Value | null> = {};
  for (const [field, source] of Object.entries(object.fields)) {
    if (!Object.hasOwn(fields, field) || !('column' in source ? said.tells(source.column) : isNew)) continue;
    const value = valueNow(said, object, type, field);
    if (value !== undefined) data[field] = value;
    else if (!isNew && fields[field]!.required !== true) data[field] = null;
  }
  return data;
}

/** Whether an update does not say what is needed to understand it: an amount or its currency, the record type of a picklist's word. */
function lacks(object: ObjectMapping, said: Said, { data, meant }: { data: object; meant: Meant | undefined }): boolean {
  const { recordType, outcome, fields } = object;
  const isUnknown = (column: string | undefined): boolean => column !== undefined && fieldNow(said, column) === undefined;
  const isMoved = outcome !== undefined && said.tells(outcome.column);
  if (isMoved && Object.keys(outcome.byRecordType).length > 0 && isUnknown(recordType)) return true;
  const isPriced = PRICED.some((field) => field in data) || meant?.meaning === 'won' || meant?.meaning === 'lost';
  return isPriced && PRICED.some((field) => fields[field] !== undefined && 'column' in fields[field] && isUnknown(fields[field].column));
}

/** Amount and currency as they stand. */
function moneyNow(object: ObjectMapping, said: Said): Record<string, Value> {
  const told = PRICED.map((field) => [field, valueNow(said, object, `${object.kind}.changed`, field)] as const);
  return Object.fromEntries(told.filter((one): one is [string, Value] => one[1] !== undefined));
}

const converted = ({ flat }: Said): object =>
  Object.fromEntries(Object.entries(CONVERTED).flatMap(([field, column]) => (textOf(flat.get(column)) === '' ? [] : [[field, textOf(flat.get(column))]])));

/** The time that a field tells; when the change was committed, where it tells none. */
function momentAt({ flat, committed }: Said, column: string): string {
  const told = textOf(flat.get(column)) === '' ? null : momentOf(flat.get(column)!, committed);
  return told === null || Number.isNaN(Date.parse(told)) ? new Date(committed).toISOString() : told;
}
