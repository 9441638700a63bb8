import { setImmediate } from 'node:timers/promises';
import type { LoggedEvent } from '../events/index.ts';
import { bucketOf } from './history/bucket.ts';
import type { History } from './history/history.ts';
import { eventReader } from './history/scatter.ts';
import type { Log } from './log.ts';

/** A log, with its older part in columns where it has one. */
type Searched = Pick<Log, 'read' | 'end'> & { readonly history?: Pick<History, 'end' | 'segments' | 'columns'> };

const CHUNK = 1_000;

/**
 * What the log holds of these subjects up to its end as of the call, in order, and that end. Of the history only their buckets are
 * read; the rest is read in chunks that let others work in between.
 */
export async function eventsOf(log: Searched, subjects: ReadonlySet<string>): Promise<{ events: LoggedEvent[]; end: number }> {
  const { history } = log;
  const end = log.end();
  const events: LoggedEvent[] = [];
  const buckets = new Set([...subjects].map((subject) => bucketOf(subject)));
  for (const segment of history?.segments() ?? []) {
    const found: LoggedEvent[] = [];
    for (const bucket of buckets) {
      const columns = history!.columns(segment, bucket);
      if (columns === undefined) continue;
      const read = eventReader(columns);
      for (let row = 0; row < columns.count; row++) {
        const event = read(row);
        if (subjects.has(event.subject)) found.push(event);
      }
      await setImmediate();
    }
    events.push(...found.toSorted((a, b) => a.offset - b.offset));
  }
  for (let at = history?.end() ?? 0; at < end; ) {
    const chunk = [...log.read(at, CHUNK)];
    if (chunk.length === 0) break;
    for (const event of chunk) if (subjects.has(event.subject) && event.offset < end) events.push(event);
    at = chunk.at(-1)!.offset + 1;
    await setImmediate();
  }
  return { events, end };
}
