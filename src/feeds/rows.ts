import { contentId, type Datum } from '../base/index.ts';
import { createRowMapper, type ObjectMapping, type Rates } from '../mapping/index.ts';
import { dayOf, isoDay } from './day.ts';

/** Which delivery the rows belong to. */
export interface RowsOptions {
  readonly feed: string;
  readonly object: ObjectMapping;
  readonly rates: Rates;
  readonly header: readonly string[];
  /** Of the file. */
  readonly day: number;
  readonly revision: number;
  /** When the file was complete, ms. */
  readonly complete: number;
}

/** A CloudEvent for the gate, or why the row is none. */
export type Told = { readonly event: object } | { readonly code: string; readonly message: string };

/** Turns the rows of a delivery into events. The same row of the same revision gives the same id, whenever it is read. */
export function createFeedRows({ feed, object, rates, header, day, revision, complete }: RowsOptions): (row: readonly Datum[]) => Told {
  const { time: _time, ...rest } = object;
  const iso = isoDay(day);
  const fields = {
    day: { constant: iso },
    ...object.fields,
    available: { constant: new Date(complete).toISOString() },
    ...(revision > 1 && { restates: { constant: true } }),
  };
  const toEvents = createRowMapper({ object: { ...rest, fields }, rates, header, now: complete });
  return (row) => {
    const event = toEvents(row).events[0]!.event as { subject: string; data: Readonly<Record<string, unknown>> };
    const said = event.data['day'];
    const told = said === iso ? day : typeof said === 'string' ? dayOf(said) : undefined;
    if (told !== undefined && told > day) {
      return { code: 'later-day', message: `the row's day, ${isoDay(told)}, is after ${iso}, the day of the file; put it into the file of its own day` };
    }
    const id = contentId(JSON.stringify([feed, day, revision, event.subject, sortedContent(event.data)]));
    return { event: { ...event, id: `feed-${id}`, source: `feed/${feed}` } };
  };
}

/** What a row says, by the names of its fields in order: when it was complete is not part of what it says. */
function sortedContent(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const sorted: Record<string, unknown> = {};
  for (const name of Object.keys(data).toSorted()) if (name !== 'available') sorted[name] = data[name];
  return sorted;
}
