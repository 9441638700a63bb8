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
  readonly size: number;
}

export function createWaiters(end: () => number): Waiters {
  const waiting = new Set<Waiter>();
  let closed = false;

  return {
    wait(offset, signal) {
      if (closed || signal?.aborted === true || end() > offset) return Promise.resolve();
      return new Promise((resolve) => {
        const done = (): void => {
          waiting.delete(waiter);
          signal?.removeEventListener('abort', done);
          resolve();
        };
        const waiter = { offset, done };
        waiting.add(waiter);
        signal?.addEventListener('abort', done, { once: true });
      });
    },
    notify() {
      const now = end();
      for (const waiter of waiting) if (now > waiter.offset) waiter.done();
    },
    close() {
      closed = true;
      for (const waiter of waiting) waiter.done();
    },
    get size() {
      return waiting.size;
    },
  };
}
