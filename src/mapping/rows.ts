import { contentId, textOf, type Datum } from '../base/index.ts';
import { catalogue } from '../events/index.ts';
import { columnsOf } from './columns.ts';
import { consequence } from './consequence.ts';
import type { Meaning, ObjectMapping } from './mapping.ts';
import { meaningOf } from './meaning.ts';
import { inHomeCurrency } from './money.ts';
import type { Rates } from './rates.ts';
import { splitRecord } from './split-record.ts';
import { isoOf, momentOf, valueOf, type Value } from './value.ts';

/** A CloudEvent for the gate, which says what is wrong with it. */
export interface Told {
  readonly event: object;
  /** When the business could have known it, ms; where nothing is said of that, at the import. */
  readonly known: number;
}

/** What a row becomes, and what the mapping did not know. */
export interface Mapped {
  readonly events: readonly Told[];
  /** A value of the picklist that has no meaning yet. */
  readonly unknownValue?: string;
  /** The currency for which there is no rate at the time of the row. */
  readonly missingRate?: string;
  /** A lead or an opportunity of nobody: it stands on no list but that of its territory. */
  readonly isUnowned?: true;
}

export interface RowMapperOptions {
  readonly object: ObjectMapping;
  readonly rates: Rates;
  readonly header: readonly string[];
  /** Of the import, ms. */
  readonly now: number;
}

type Data = Readonly<Record<string, Value>>;

/** Ends of a record: whoever reads a row that says one knows when it came. What else a row says of its stage may have been another before. */
const ENDS = new Set<Meaning>(['converted', 'closed', 'won', 'lost']);

/** Turns rows into events. Throws a Fault where the mapping names a column that the file does not have. */
export function createRowMapper({ object, rates, header, now }: RowMapperOptions): (row: readonly Datum[]) => Mapped {
  const { type, kind, outcome, decimal, immutable } = object;
  const { fields } = catalogue.byName.get(type)!.versions.at(-1)!;
  const at = columnsOf(object, header);
  const cell = (row: readonly Datum[], place: number): Datum => (place < 0 ? null : row[place]!);
  const word = (row: readonly Datum[], place: number): string => textOf(cell(row, place));
  const isRecord = type.endsWith('.created');
  const isOwned = isRecord && (kind === 'lead' || kind === 'opportunity');
  const present = new Date(now).toISOString();
  const instantOf = (time: string): number => (Number.isNaN(Date.parse(time)) ? now : Math.min(Date.parse(time), now));
  /** Part of what a row says, its amounts in the home currency too; the currency may stand in the other part. */
  const priced = (part: Data, time: string, { currency }: Data = part): Data => {
    const money = currency === undefined ? part : { ...part, currency };
    return { ...part, ...inHomeCurrency(money, fields, rates, instantOf(time)) };
  };

  return (row) => {
    const record = word(row, at.id);
    const time = at.time < 0 ? present : isoOf(cell(row, at.time));
    const data: Record<string, Value> = {};
    for (const { field, source, place } of at.fields) {
      const value = valueOf(fields[field]!, source, cell(row, place), decimal);
      if (value !== undefined) data[field] = value;
    }
    const stands = word(row, at.outcome);
    const said = outcome && stands !== '' ? meaningOf(outcome, word(row, at.recordType), stands) : undefined;
    if (said?.meaning === 'active' && Object.hasOwn(fields, 'stage_order')) Object.assign(data, { stage: stands, stage_order: said.order });

    const events: Told[] = [];
    let isUnpriced = false as boolean; // set in `tell`
    const tell = (name: string, id: string, when: string, content: Readonly<Record<string, unknown>>, known = now): void => {
      isUnpriced ||= content['conversion'] === 'missing';
      const event = { specversion: '1.0', id: `import-${contentId(id)}`, source: 'import', type: name, subject: record, subjectkind: kind, time: when, data: content };
      events.push({ event, known });
    };
    const own = isRecord ? `${kind}-${record}` : `${type}-${record}-${String(data['day'] ?? `${time}-${JSON.stringify(data)}`)}`;
    const split = immutable && splitRecord(data, immutable);
    if (split !== undefined) {
      const modified = at.modified < 0 ? time : isoOf(cell(row, at.modified));
      tell(type, own, time, priced(split.always, time, data), instantOf(time));
      if (split.now !== undefined) tell(`${kind}.changed`, `${own}-${modified}-${JSON.stringify(split.now)}`, modified, priced(split.now, modified, data));
    } else if (isRecord || at.time < 0) tell(type, own, time, priced(data, time));
    else tell(type, own, time, priced(data, time), Math.max(instantOf(at.known < 0 ? time : isoOf(cell(row, at.known))), instantOf(time)));
    if (said !== undefined && outcome !== undefined) {
      const when = at.outcomeAt < 0 ? time : isoOf(cell(row, at.outcomeAt));
      const moment = at.outcomeAt < 0 ? time : momentOf(cell(row, at.outcomeAt), now);
      const more = consequence(kind, said, stands, priced(data, moment));
      const isKnown = split !== undefined && ENDS.has(said.meaning);
      if (more !== undefined) tell(more.type, `${kind}-${record}-${said.meaning}-${when}`, moment, more.data, isKnown ? instantOf(moment) : now);
    }
    return {
      events,
      ...(outcome !== undefined && stands !== '' && said === undefined && { unknownValue: stands }),
      ...(isOwned && data['owner'] === undefined && { isUnowned: true }),
      ...(isUnpriced && { missingRate: String(data['currency']) }),
    };
  };
}
