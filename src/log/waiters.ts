interface Waiter {
  readonly offset: number;
  readonly done: () => void;
}

/** Those who wait for the end of a log to pass an offset. */
export interface Waiters {
  wait(offset: number, signal?: AbortSignal): Promise<void>;
  /** Resolves every wait whose offset the end has passed. */
  notify(): void;
  /** Resolves every wait: nothing will come. */
  close(): void;
}

export interface WaitersOptions {
  readonly end: () => number;
  /** Looks every so many ms while someone waits, for a log that others append to unseen. */
  readonly poll?: number;
}

export function createWaiters({ end, poll }: WaitersOptions): Waiters {
  const waiting = new Set<Waiter>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const notify = (): void => {
    const now = end();
    for (const waiter of waiting) if (now > waiter.offset) waiter.done();
  };

  const look = (): void => {
    if (poll === undefined) return;
    if (waiting.size > 0) timer ??= setInterval(notify, poll);
    else {
      clearInterval(timer);
      timer = undefined;
    }
  };

  return {
    wait(offset, signal) {
      if (closed || signal?.aborted === true || end() > offset) return Promise.resolve();
      return new Promise((resolve) => {
        const done = (): void => {
          waiting.delete(waiter);
          signal?.removeEventListener('abort', done);
          look();
          resolve();
        };
        const waiter = { offset, done };
        waiting.add(waiter);
        signal?.addEventListener('abort', done, { once: true });
        look();
      });
    },
    notify() {
      if (waiting.size > 0) notify();
    },
    close() {
      closed = true;
      for (const waiter of waiting) waiter.done();
    },
  };
}
