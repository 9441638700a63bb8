import { BUCKETS, bucketOf, gatherColumns, openHistory, type EventColumns, type Gathered, type PartSelection, type Segment } from '../../log/index.ts';

/**
 * Where a replay finds its events, as data that a thread can be given: the segments of the history, read by whoever needs
 * them, and the rest in memory, by bucket.
 */
export interface ReplaySource {
  readonly folder: string | null;
  readonly segments: readonly Segment[];
  /** By bucket; undefined where a bucket has no rows. */
  readonly tail: readonly (EventColumns | undefined)[];
}

/** Lays events out by bucket, in their order. */
export function byBucket(events: readonly Gathered[]): (EventColumns | undefined)[] {
  const buckets: Gathered[][] = Array.from({ length: BUCKETS }, () => []);
  for (const gathered of events) buckets[bucketOf(gathered.event.subject)]!.push(gathered);
  return buckets.map((rows) => (rows.length === 0 ? undefined : gatherColumns(rows)));
}

/** The batches of one bucket, or of all, in the order of the log by segment. */
export function* batchesOf(source: ReplaySource, bucket: number | 'all', selection: PartSelection): Generator<EventColumns> {
  const history = source.folder === null ? undefined : openHistory(source.folder);
  const buckets = bucket === 'all' ? Array.from({ length: BUCKETS }, (_, i) => i) : [bucket];
  for (const segment of source.segments) {
    for (const of of buckets) {
      const columns = history!.columns(segment, of, selection);
      if (columns !== undefined) yield columns;
    }
  }
  for (const of of buckets) {
    const columns = source.tail[of];
    if (columns !== undefined) yield columns;
  }
}
