import { catchUp, type CatchUpOptions, type State } from '../features/index.ts';
import type { Log } from '../log/index.ts';

/** Folds the log into the state as it grows. */
export interface Follower {
  /** Resolves when the event at `offset` is folded; rejects when folding has failed. */
  folded(offset: number): Promise<void>;
  /** Ends after the batch in hand. */
  stop(): Promise<void>;
  /** Rejects when folding fails; resolves on stop. */
  readonly done: Promise<void>;
}

interface Waiter {
  readonly offset: number;
  readonly release: () => void;
  readonly fail: (error: unknown) => void;
}

export function follow({ log, state, onFolded = () => {} }: { log: Log; state: State; onFolded?: CatchUpOptions['onFolded'] }): Follower {
  const abort = new AbortController();
  const { signal } = abort;
  const waiting = new Set<Waiter>();

  const wake = (): void => {
    for (const waiter of waiting) {
      if (waiter.offset >= state.offset()) continue;
      waiting.delete(waiter);
      waiter.release();
    }
  };

  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      const end = log.end();
      await catchUp(state, log, { signal, onProgress: wake, onFolded });
      // Events that came meanwhile lie beyond both; a tail that was erased lies before `end` and is not waited for.
      await log.wait(Math.max(state.offset(), end), signal);
    }
  };

  const done = loop().catch((error: unknown) => {
    for (const { fail } of waiting) fail(error);
    if (!signal.aborted) throw error;
  });
  done.catch(() => {}); // whoever awaits `done` hears of it
  return {
    folded: (offset) =>
      new Promise((release, fail) => {
        waiting.add({ offset, release, fail });
        wake();
      }),
    stop: async () => {
      abort.abort();
      await done.catch(() => {});
    },
    done,
  };
}
