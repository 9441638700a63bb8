import { contentId, textOf, type Datum } from '../base/index.ts';
import { catalogue } from '../events/index.ts';
import { columnsOf } from './columns.ts';
import { consequence } from './consequence.ts';
import type { ObjectMapping } from './mapping.ts';
import { meaningOf } from './meaning.ts';
import { inHomeCurrency } from './money.ts';
import type { Rates } from './rates.ts';
import { isoOf, momentOf, valueOf, type Value } from './value.ts';

/** What a row becomes: CloudEvents for the gate, which says what is wrong with them; and what the mapping did not know. */
export interface Mapped {
  readonly events: readonly object[];
  /** A value of the picklist that has no meaning yet. */
  readonly unknownValue?: string;
  /** The currency for which there is no rate at the time of the row. */
  readonly missingRate?: string;
}

export interface RowMapperOptions {
  readonly object: ObjectMapping;
  readonly rates: Rates;
  readonly header: readonly string[];
  /** Of the import, ms. */
  readonly now: number;
}

/** Turns rows into events. Throws a Fault where the mapping names a column that the file does not have. */
export function createRowMapper({ object, rates, header, now }: RowMapperOptions): (row: readonly Datum[]) => Mapped {
  const { type, kind, outcome, decimal } = object;
  const schema = catalogue.byName.get(type)!;
  const { fields } = schema.versions.at(-1)!;
  const at = columnsOf(object, header);
  const cell = (row: readonly Datum[], place: number): Datum => (place < 0 ? null : row[place]!);
  const word = (row: readonly Datum[], place: number): string => textOf(cell(row, place));
  const isRecord = type.endsWith('.created');

  return (row) => {
    const record = word(row, at.id);
    const time = at.time < 0 ? new Date(now).toISOString() : isoOf(cell(row, at.time));
    const data: Record<string, Value> = {};
    for (const { field, source, place } of at.fields) {
      const value = valueOf(fields[field]!, source, cell(row, place), decimal);
      if (value !== undefined) data[field] = value;
    }
    const instant = Date.parse(time);
    Object.assign(data, inHomeCurrency(data, fields, rates, Number.isNaN(instant) ? now : instant));
    const stands = word(row, at.outcome);
    const said = outcome && stands !== '' ? meaningOf(outcome, word(row, at.recordType), stands) : undefined;
    if (said?.meaning === 'active' && Object.hasOwn(fields, 'stage_order')) Object.assign(data, { stage: stands, stage_order: said.order });

    const event = (name: string, id: string, when: string, content: object): object => ({
      specversion: '1.0', id: `import-${contentId(id)}`, source: 'import', type: name, subject: record, subjectkind: kind, time: when, data: content,
    });
    const own = isRecord ? `${kind}-${record}` : `${type}-${record}-${String(data['day'] ?? time)}`;
    const events = [event(type, own, time, data)];
    if (said !== undefined && outcome !== undefined) {
      const when = at.outcomeAt < 0 ? time : isoOf(cell(row, at.outcomeAt));
      const moment = at.outcomeAt < 0 ? time : momentOf(cell(row, at.outcomeAt), now);
      const ended = Date.parse(moment);
      const more = consequence(kind, said, stands, { ...data, ...inHomeCurrency(data, fields, rates, Number.isNaN(ended) ? now : ended) });
      if (more !== undefined) events.push(event(more.type, `${kind}-${record}-${said.meaning}-${when}`, moment, more.data));
    }
    return {
      events,
      ...(outcome !== undefined && stands !== '' && said === undefined && { unknownValue: stands }),
      ...(data['conversion'] === 'missing' && { missingRate: String(data['currency']) }),
    };
  };
}
