import { setImmediate } from 'node:timers/promises';
import { createRepeats, type CellLog, type Gathered, type Log } from '../../log/index.ts';
import { byBucket, type ReplaySource } from './source.ts';

export interface SourceOptions {
  /** Told how many events of the tail were read, and how many there are. */
  readonly onProgress?: ((read: number, all: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const SLICE = 20_000;

/** A log as it stands now, for a replay: its history where it lies, its tail in memory. */
export async function openSource(log: Log, { onProgress, signal }: SourceOptions = {}): Promise<ReplaySource> {
  const old = 'history' in log ? (log as CellLog) : undefined;
  const segments = old?.history.segments() ?? [];
  const from = segments.at(-1)?.to ?? 0;
  const end = log.end();
  const repeats = createRepeats();
  if (old !== undefined && end > from) for (const { source, id, received } of old.history.deliveries()) repeats.check(source, id, received);
  const rows: Gathered[] = [];
  for (let at = from; at < end; ) {
    signal?.throwIfAborted();
    const slice = [...log.read(at, SLICE)];
    if (slice.length === 0) break;
    for (const event of slice) {
      if (event.offset < end) rows.push({ event, repeat: repeats.check(event.source, event.id, event.received) });
    }
    at = slice.at(-1)!.offset + 1;
    onProgress?.(Math.min(at, end) - from, end - from);
    await setImmediate();
  }
  return { folder: segments.length === 0 ? null : old!.historyFolder, segments, tail: byBucket(rows) };
}
