import { setImmediate } from 'node:timers/promises';
import type { LoggedEvent } from '../events/index.ts';
import { bucketOf } from './history/bucket.ts';
import type { History } from './history/history.ts';
import type { Segment } from './history/manifest.ts';
import { eventReader } from './history/scatter.ts';
import type { Log } from './log.ts';

/** A log, with its older part in columns where it has one. */
type Searched = Pick<Log, 'read' | 'end'> & { readonly history?: Pick<History, 'end' | 'segments' | 'columns'> };

const CHUNK = 1_000;

export interface EventsOfOptions {
  /** Only what lies before this offset. */
  readonly until?: number;
  /** Only events of these types. */
  readonly types?: readonly string[];
}

/**
 * What the log holds of these subjects up to its end as of the call, in order, and that end. Of the history only their buckets are
 * read, and of these what may hold such a type; the rest is read in chunks that let others work in between.
 */
export async function eventsOf(log: Searched, subjects: ReadonlySet<string>, { until = Infinity, types }: EventsOfOptions = {}): Promise<{ events: LoggedEvent[]; end: number }> {
  const { history } = log;
  const end = Math.min(log.end(), until);
  const isWanted = ({ subject, offset, type }: LoggedEvent): boolean => subjects.has(subject) && offset < end && (types === undefined || types.includes(type));
  const events: LoggedEvent[] = [];
  const buckets = new Set([...subjects].map((subject) => bucketOf(subject)));
  for (const segment of history?.segments() ?? []) {
    if (segment.from >= end) break;
    const found: LoggedEvent[] = [];
    for (const bucket of buckets) {
      if (!mayHold(segment, bucket, types)) continue;
      const columns = history!.columns(segment, bucket);
      if (columns === undefined) continue;
      const read = eventReader(columns);
      for (let row = 0; row < columns.count; row++) {
        const event = read(row);
        if (isWanted(event)) found.push(event);
      }
      await setImmediate();
    }
    events.push(...found.toSorted((a, b) => a.offset - b.offset));
  }
  for (let at = history?.end() ?? 0; at < end; ) {
    const chunk = [...log.read(at, CHUNK)];
    if (chunk.length === 0) break;
    events.push(...chunk.filter(isWanted));
    at = chunk.at(-1)!.offset + 1;
    await setImmediate();
  }
  return { events, end };
}

/** Whether a bucket of a segment may hold events of some types; an earlier release did not write down which it holds. */
function mayHold({ parts }: Segment, bucket: number, types: readonly string[] | undefined): boolean {
  const held = parts.find((part) => part.bucket === bucket)?.types;
  return types === undefined || held === undefined || types.some((type) => held.includes(type));
}
