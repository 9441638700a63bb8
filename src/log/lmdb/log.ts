import { setTimeout as sleep } from 'node:timers/promises';
import { Fault, type Clock } from '../../base/index.ts';
import { createCodec, type EventCodec, type LoggedEvent, type SubjectId } from '../../events/index.ts';
import { closedFault, storeFault } from '../faults.ts';
import type { Log } from '../log.ts';
import { stampEvent } from '../stamp.ts';
import { createWaiters } from '../waiters.ts';
import { compact } from './compact.ts';
import { listGenerations, openNewest, sealedBy, type Generation } from './generation.ts';
import { createCommitQueue } from './queue.ts';
import { scan } from './scan.ts';

export interface LmdbLogOptions {
  /** The log's own folder. */
  readonly path: string;
  readonly clock: Clock;
  readonly codec?: EventCodec;
  /** How often a wait looks for what other processes appended, ms. */
  readonly poll?: number;
  /** How long an append waits while another process rewrites the log, ms. */
  readonly patience?: number;
}

/** The log in LMDB; what is old may be moved out of it. */
export interface LmdbLog extends Log {
  /** What lies before this offset was moved out. */
  start(): number;
  /** Removes what lies before `offset`, once it is kept elsewhere; the epoch stays. */
  trim(offset: number): Promise<void>;
}

const CHUNK = 1_000; // events decoded in one read transaction: a few ms
const TRIMMED = 2_000; // rows removed in one write transaction, for which appends of other processes wait
const SHRINKS = 2; // rows trimmed for each that stays, from which on a rewrite pays

/**
 * The embedded log: LMDB in a folder. Any process of the machine may append and read. A write transaction is
 * synchronous and durable when it returns; appends of one turn share it.
 */
export function openLmdbLog({ path, clock, codec = createCodec(), poll = 25, patience = 30_000 }: LmdbLogOptions): LmdbLog {
  let generation = openNewest(path);
  let compaction: Promise<void> | undefined;
  let erasing: Promise<unknown> = Promise.resolve(); // one at a time
  let closing: Promise<void> | undefined;
  let closed = false;

  /** The file that holds the log now, as of now: another process may have appended to it or replaced it. */
  const current = (): Generation => {
    if (closed) throw closedFault();
    generation.root.resetReadTxn();
    if (generation.meta.get('sealed') !== undefined && listGenerations(path)[0]! > generation.number) {
      const replaced = generation;
      generation = openNewest(path);
      void replaced.root.close();
    }
    return generation;
  };
  const end = (): number => (closed ? 0 : (current().meta.get('next') ?? 0));
  const waiters = createWaiters({ end, poll });

  /** Runs in a write transaction of a file that no one copies; waits while someone does. */
  const write = async <T>(action: (store: Generation) => T): Promise<T> => {
    for (let waited = 0; ; waited += poll) {
      for (let busy = compaction; busy !== undefined; busy = compaction) await busy.catch(() => undefined);
      const store = current();
      const result = attempt(store, action);
      if ('done' in result) return result.done;
      if (waited >= patience) throw busyFault(store.path, result.sealedBy);
      await sleep(poll);
    }
  };

  const queue = createCommitQueue(async (batches: Buffer[][]): Promise<number[][]> =>
    write(({ events, meta }) => {
      let next = meta.get('next') ?? 0;
      const offsets = batches.map((batch) =>
        batch.map((bytes) => {
          events.putSync(next, bytes);
          return next++;
        }),
      );
      meta.putSync('next', next);
      return offsets;
    }),
  );

  /** Rewrites the file without the bytes of what was deleted. The file is sealed already. */
  const rewrite = async (): Promise<void> => {
    try {
      await compact(generation, (next) => {
        generation = next;
      });
    } finally {
      compaction = undefined;
    }
  };

  /** Finishes an erasure that a crash or a full disk cut short. */
  const resume = async (): Promise<void> => {
    const stale = await write((store) => {
      if (store.meta.get('stale') === undefined) return false;
      store.meta.putSync('sealed', process.pid);
      return true;
    });
    if (stale) await (compaction = rewrite());
  };

  const eraseNext = async (subject: SubjectId): Promise<number> => {
    const { found, until } = await scan(current, codec, subject);
    const count = await write(({ events, meta }) => {
      for (const { key, value } of events.getRange({ start: until })) {
        if (codec.decode(value, key).subject === subject) found.push(key);
      }
      const gone = found.filter((offset) => events.removeSync(offset)).length;
      if (gone > 0) meta.putSync('epoch', (meta.get('epoch') ?? 0) + 1);
      if (gone > 0 || meta.get('loose') !== undefined) meta.putSync('stale', 1);
      return gone;
    });
    await resume();
    return count;
  };

  const trimTo = async (offset: number): Promise<void> => {
    const to = Math.min(offset, end());
    const from = current().meta.get('start') ?? 0;
    // appends wait for a rewrite: it is made where the file shrinks by much; otherwise what comes next takes the pages
    const mark = to - from > SHRINKS * (end() - to) ? 'stale' : 'loose';
    for (let at = from; at < to; at = Math.min(at + TRIMMED, to)) {
      const until = Math.min(at + TRIMMED, to);
      await write(({ events, meta }) => {
        for (const key of events.getKeys({ start: at, end: until })) events.removeSync(key);
        meta.putSync('start', until);
        meta.putSync(mark, 1);
      });
      await new Promise(setImmediate);
    }
    await resume();
  };

  // where this fails the next erasure tries again
  if (generation.meta.get('stale') !== undefined) erasing = resume().catch(() => undefined);

  function* range(from: number, to: number, limit: number): Iterable<LoggedEvent> {
    let left = limit;
    for (let at = from; at < to && left > 0;) {
      const store = current();
      const chunk: LoggedEvent[] = [];
      for (const { key, value } of store.events.getRange({ start: at, end: to, limit: Math.min(left, CHUNK) })) {
        chunk.push(codec.decode(value, key));
      }
      store.root.resetReadTxn(); // no transaction is held while the caller works
      if (chunk.length === 0) return;
      left -= chunk.length;
      at = chunk.at(-1)!.offset + 1;
      yield* chunk;
    }
  }

  return {
    async append(batch, stamp) {
      if (closing) throw closedFault();
      if (batch.length === 0) return [];
      const received = clock();
      const offsets = await queue.push(batch.map((event) => codec.encode(stampEvent(event, 0, received, stamp))));
      waiters.notify();
      return offsets;
    },
    read(offset, limit = Infinity) {
      if (closed) throw closedFault();
      return range(Math.max(0, offset), end(), limit);
    },
    end,
    wait: waiters.wait,
    epoch: () => current().meta.get('epoch') ?? 0,
    async erase(subject) {
      if (closing) throw closedFault();
      const result = erasing.then(() => eraseNext(subject));
      erasing = result.catch(() => undefined);
      return result;
    },
    start: () => current().meta.get('start') ?? 0,
    async trim(offset) {
      if (closing) throw closedFault();
      const result = erasing.then(() => trimTo(offset));
      erasing = result.catch(() => undefined);
      return result;
    },
    close() {
      return (closing ??= (async () => {
        await queue.drain();
        await erasing;
        closed = true;
        waiters.close();
        await generation.root.close();
      })());
    },
  };
}

/** One write transaction, or the process that makes it wait. Throws a Fault where the disk refuses. */
function attempt<T>(store: Generation, action: (store: Generation) => T): { done: T } | { sealedBy: number } {
  try {
    return store.root.transactionSync(() => {
      const pid = sealedBy(store);
      return pid === undefined ? { done: action(store) } : { sealedBy: pid };
    });
  } catch (cause) {
    throw storeFault(store.path, cause);
  }
}

function busyFault(path: string, pid: number): Fault {
  return new Fault({
    kind: 'unavailable',
    value: path,
    rule: `is being rewritten by process ${pid}`,
    remedy: 'try again when it is done',
  });
}
