interface Item<T, R> {
  readonly value: T;
  readonly resolve: (result: R) => void;
  readonly reject: (cause: unknown) => void;
}

export interface CommitQueue<T, R> {
  push(value: T): Promise<R>;
  /** Resolves when everything pushed so far is settled. */
  drain(): Promise<void>;
}

/**
 * Group commit: what is pushed while a commit runs goes into the next one, together. `commit` gets the values in
 * order and returns a result for each; when it throws, all of them are rejected.
 */
export function createCommitQueue<T, R>(commit: (values: T[]) => Promise<R[]>): CommitQueue<T, R> {
  let queue: Item<T, R>[] = [];
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    await new Promise(setImmediate); // one turn, for the others that arrived with the first
    while (queue.length > 0) {
      const items = queue;
      queue = [];
      try {
        const results = await commit(items.map((item) => item.value));
        items.forEach((item, i) => item.resolve(results[i]!));
      } catch (cause) {
        for (const item of items) item.reject(cause);
      }
      await new Promise(setImmediate);
    }
    running = undefined;
  };

  return {
    push(value) {
      return new Promise((resolve, reject) => {
        queue.push({ value, resolve, reject });
        running ??= run();
      });
    },
    drain: async () => running,
  };
}
