import { setImmediate as turn } from 'node:timers/promises';
import type { State } from '../features/index.ts';
import type { Log } from '../log/index.ts';

const BATCH = 2_000;

/** Folds the log into the state as it grows. */
export interface Follower {
  /** Resolves when the event at `offset` is folded. */
  folded(offset: number): Promise<void>;
  /** Ends after the batch in hand. */
  stop(): Promise<void>;
  /** Rejects when folding fails; resolves on stop. */
  readonly done: Promise<void>;
}

export interface FollowOptions {
  log: Log;
  state: State;
  /** After each batch: what is folded, and where the log ends. */
  onBatch?: (offset: number, end: number) => void;
}

export function follow({ log, state, onBatch }: FollowOptions): Follower {
  const abort = new AbortController();
  let waiters: { offset: number; release: () => void; fail: (error: unknown) => void }[] = [];

  const wake = (): void => {
    const ready = waiters.filter(({ offset }) => offset < state.offset());
    waiters = waiters.filter(({ offset }) => offset >= state.offset());
    for (const { release } of ready) release();
  };

  const loop = async (): Promise<void> => {
    while (!abort.signal.aborted) {
      const offset = state.offset();
      const events = [...log.read(offset, BATCH)];
      if (events.length === 0) {
        await log.wait(Math.max(offset, log.end()), abort.signal);
      } else {
        state.fold(events);
        onBatch?.(state.offset(), log.end());
        wake();
        await turn(); // Requests are answered between batches.
      }
    }
  };

  const done = loop().catch((error: unknown) => {
    for (const { fail } of waiters) fail(error);
    throw error;
  });
  return {
    folded: (offset) =>
      offset < state.offset()
        ? Promise.resolve()
        : new Promise((release, fail) => {
            waiters.push({ offset, release, fail });
          }),
    stop: async () => {
      abort.abort();
      await done.catch(() => {});
    },
    done,
  };
}
