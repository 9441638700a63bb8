import { canonicalJson, contentId } from '../base/index.ts';
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
export function createFeedRows({ feed, object, rates, header, day, revision, complete }: RowsOptions): (row: readonly string[]) => Told {
  const { time: _time, ...rest } = object;
  const fields = {
    day: { constant: isoDay(day) },
    ...object.fields,
    available: { constant: new Date(complete).toISOString() },
    ...(revision > 1 && { restates: { constant: true } }),
  };
  const toEvents = createRowMapper({ object: { ...rest, fields }, rates, header, now: complete });
  return (row) => {
    const event = toEvents(row).events[0] as { subject: string; data: Readonly<Record<string, unknown>> };
    const { available: _available, ...content } = event.data;
    const told = typeof content['day'] === 'string' ? dayOf(content['day']) : undefined;
    if (told !== undefined && told > day) {
      return { code: 'later-day', message: `the row's day is after ${isoDay(day)}, the day of the file; put it into the file of its own day` };
    }
    const id = contentId(canonicalJson([feed, day, revision, event.subject, content]));
    return { event: { ...event, id: `feed-${id}`, source: `feed/${feed}` } };
  };
}
