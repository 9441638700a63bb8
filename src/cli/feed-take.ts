import { createCsvWriter, openTable, type Clock, type Datum } from '../base/index.ts';
import type { Cell } from '../cell/index.ts';
import { isRejection, type Event, type Gate, type Sender } from '../events/index.ts';
import { createFeedRows, type Delivery, type Feed } from '../feeds/index.ts';
import type { Log } from '../log/index.ts';
import { columnsRead, type ObjectMapping, type Rates } from '../mapping/index.ts';

const SENDER: Sender = { scopes: ['erp', 'marketing', 'product'] };
/** Rows that become durable together: each time costs the disk three syncs. */
const BATCH = 10_000;

/** Where feeds go, and what their rows are. */
export interface FeedCell {
  readonly cell: Cell;
  readonly log: Log;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly objects: Readonly<Record<string, ObjectMapping>>;
  readonly rates: Rates;
}

export interface TakeOptions {
  readonly into: FeedCell;
  readonly feed: Feed;
  readonly day: number;
  /** Of the file. */
  readonly path: string;
  /** How far it came before. */
  readonly delivery: Delivery;
  /** Where refused rows are listed. */
  readonly rejects: string;
  /** Called when the rows so far are durable in the log; the next attempt goes on from there. */
  readonly save: (delivery: Delivery) => void;
  readonly update: (detail: string) => void;
  readonly signal: AbortSignal;
  /** Rows that become durable together. */
  readonly batch?: number | undefined;
}

/**
 * Sends the rows of a file through the gate into the log, known from when the file was complete. Resolves with how far it came:
 * `taking` where the signal aborted or the file changed meanwhile, `refused` where no row passed, else `taken`.
 */
export async function takeFile({ into, feed, day, path, delivery, rejects, save, update, signal, batch: size = BATCH }: TakeOptions): Promise<Delivery> {
  const { cell, log, gate, objects, rates } = into;
  const { revision, complete, rows } = delivery;
  const file = await openTable(path);
  const object = objects[feed.object]!;
  const refused = createCsvWriter(rejects);
  let [read, rejected, { next }] = [0, 0, delivery];
  try {
    const toEvent = createFeedRows({ feed: feed.name, object, rates, header: file.header, day, revision, complete });
    refused.write(['row', 'code', 'reason']);
    const flush = async (batch: readonly (readonly Datum[])[]): Promise<void> => {
      const results = cell.identities.batch(() => batch.map((row) => {
        const told = toEvent(row);
        return 'event' in told ? gate.parse(told.event, SENDER) : told;
      }));
      const passed: Event[] = [];
      for (const [i, result] of results.entries()) {
        if (isRejection(result) || !('id' in result)) {
          refused.write([read + i + 1, result.code, result.message]);
          rejected += 1;
        } else if (read + i >= next) passed.push(result);
      }
      read += batch.length;
      if (read <= next) return;
      await log.append(passed, { knownAt: () => complete });
      next = read;
      save({ ...delivery, next, rejected });
      update(`${next.toLocaleString('en')} of ${rows.toLocaleString('en')} rows`);
    };
    let batch: (readonly Datum[])[] = [];
    for await (const row of file.rows(columnsRead(object))) {
      if (batch.push(row) < size) continue;
      await flush(batch);
      batch = [];
      if (signal.aborted) return { ...delivery, next, rejected };
    }
    if (batch.length > 0) await flush(batch);
    if (rejected > 0) refused.close();
  } finally {
    file.close();
    refused.discard();
  }
  if (read !== rows) return { ...delivery, next, rejected };
  if (rejected === rows) return { ...delivery, state: 'refused', next: 0, rejected, reason: `none of its ${rows} rows passed: see ${rejects}` };
  return { ...delivery, state: 'taken', next, rejected };
}
