import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { LoggedEvent, SubjectId } from '../events/index.ts';
import { createRepeats, type Repeats } from './history/repeats.ts';
import type { Gathered } from './history/gather.ts';
import { openHistory, type History } from './history/history.ts';
import { withHistoryLock } from './history/lock.ts';
import { openLmdbLog, type LmdbLogOptions } from './lmdb/log.ts';
import type { Log } from './log.ts';

/** The log of a cell: its tail in LMDB, what is older in Parquet; read as one. */
export interface CellLog extends Log {
  /** The older part, column by column. */
  readonly history: History;
  readonly historyFolder: string;
  /** How many segments `compact` would make now. */
  due(options?: Pick<CompactOptions, 'keep' | 'size' | 'before'>): number;
  /** Whether the tail holds nothing that the history holds; a compaction that was cut short leaves both. */
  settled(): boolean;
  /** Moves the oldest events of the tail to the history. Returns how many segments that made. */
  compact(options?: CompactOptions): Promise<number>;
}

export interface CompactOptions {
  /** The newest events stay in LMDB, so many at least. */
  keep?: number;
  /** Events a segment. */
  size?: number;
  /** Only segments all of whose events were received before, ms; default any. */
  before?: number;
  /** Told how many events were moved, and how many are to be. */
  onProgress?: (moved: number, all: number) => void;
  signal?: AbortSignal;
}

export const SEGMENT_EVENTS = 2 ** 19;
const SLICE = 1_000;

/** Opens the log in a folder; the history lies in `history` below it. */
export function openLog(options: LmdbLogOptions): CellLog {
  const folder = join(options.path, 'history');
  const tail = openLmdbLog(options);
  const history = openHistory(folder);

  function* range(from: number, to: number, limit: number): Iterable<LoggedEvent> {
    let left = limit;
    for (let at = from; at < to && left > 0; ) {
      const old = history.end();
      if (at < old) {
        for (const event of history.read(at, Math.min(old, to))) {
          yield event;
          if (--left === 0) return;
        }
        at = Math.min(old, to);
        continue;
      }
      const slice = [...tail.read(at, Math.min(left, SLICE))].filter((event) => event.offset < to);
      if (tail.start() > at) continue; // another process moved it to the history meanwhile
      if (slice.length === 0) return;
      yield* slice;
      left -= slice.length;
      at = slice.at(-1)!.offset + 1;
    }
  }

  /** Removes from the tail what the history holds: a crash may have come between the two. */
  const settle = async (): Promise<void> => {
    if (tail.start() < history.end()) await tail.trim(history.end());
  };

  const eraseBoth = async (subject: SubjectId, time: 'first' | 'again'): Promise<number> => {
    if (history.end() === 0) return tail.erase(subject);
    return withHistoryLock(folder, async () => {
      await settle();
      history.begin(subject);
      const newer = await tail.erase(subject);
      const older = history.erase(subject, newer > 0 && time === 'first' ? 'keep' : 'raise');
      return newer + older;
    });
  };

  const delivered = (): Repeats => {
    const repeats = createRepeats();
    for (const { source, id, received } of history.deliveries()) repeats.check(source, id, received);
    return repeats;
  };

  const moveNext = async (repeats: Repeats, size: number, signal: AbortSignal | undefined): Promise<void> => {
    const from = history.end();
    const rows: Gathered[] = [];
    for (const event of tail.read(from)) {
      if (event.offset >= from + size) break;
      rows.push({ event, repeat: repeats.check(event.source, event.id, event.received) });
      if (rows.length % (10 * SLICE) !== 0) continue;
      signal?.throwIfAborted();
      await setImmediate();
    }
    history.add(rows, from + size);
  };

  const due = ({ keep = SEGMENT_EVENTS, size = SEGMENT_EVENTS, before = Infinity }: CompactOptions = {}): number => {
    const begun = history.end();
    let segments = Math.max(0, Math.floor((tail.end() - keep - begun) / size));
    if (before === Infinity) return segments;
    const newest = (): number => [...tail.read(begun + segments * size - 1, 1)][0]?.received ?? -Infinity;
    while (segments > 0 && newest() >= before) segments -= 1;
    return segments;
  };

  // an erasure that a crash cut short; where this fails the next one finishes it
  const interrupted = history.interrupted();
  const finishing = interrupted === undefined ? undefined : eraseBoth(interrupted, 'again').catch(() => undefined);

  return {
    history,
    historyFolder: folder,
    append: tail.append,
    end: tail.end,
    wait: tail.wait,
    epoch: () => tail.epoch() + history.epoch(),
    read(offset, limit = Infinity) {
      tail.start(); // refuses where it is closed
      return range(Math.max(0, offset), tail.end(), limit);
    },
    async erase(subject) {
      await finishing;
      return eraseBoth(subject, 'first');
    },
    due,
    settled: () => tail.start() >= history.end(),
    async compact(how = {}) {
      const { size = SEGMENT_EVENTS, onProgress, signal } = how;
      await finishing;
      return withHistoryLock(folder, async () => {
        const segments = due(how);
        const repeats = segments > 0 ? delivered() : createRepeats();
        for (let done = 0; done < segments; done++) {
          onProgress?.(done * size, segments * size);
          await moveNext(repeats, size, signal);
        }
        await settle();
        return segments;
      });
    },
    async close() {
      await finishing;
      await tail.close();
    },
  };
}
