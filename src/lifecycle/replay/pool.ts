import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { runJob, type Job, type JobContext, type JobResult } from './job.ts';
import { startThread, type Thread } from './thread.ts';

/** Does jobs, as many at once as there are processors. */
export interface Pool {
  readonly size: number;
  /** Results in the order of the jobs. Rejects with the first Fault, or with the reason of an abort. */
  run(jobs: readonly Job[], onDone?: (result: JobResult) => void): Promise<JobResult[]>;
  close(): Promise<void>;
}

export interface PoolOptions {
  /** 0: in this thread. */
  readonly threads?: number;
  readonly signal?: AbortSignal | undefined;
}

export function createPool(context: JobContext, { threads = availableParallelism(), signal }: PoolOptions = {}): Pool {
  const started: Thread[] = [];
  const thread = (i: number): Thread => (started[i] ??= startThread(context));
  const stop = (reason: unknown): Promise<unknown> => Promise.all(started.splice(0).map((one) => one.end(reason)));
  const abort = (): void => void stop(signal!.reason);
  signal?.addEventListener('abort', abort, { once: true });

  return {
    size: Math.max(1, threads),
    async run(jobs, onDone) {
      const results: JobResult[] = [];
      let next = 0;
      const work = async (i: number): Promise<void> => {
        while (next < jobs.length) {
          signal?.throwIfAborted();
          const at = next++;
          const result = threads === 0 ? runJob(jobs[at]!, context) : await thread(i).run(jobs[at]!);
          results[at] = result;
          onDone?.(result);
          if (threads === 0) await setImmediate();
        }
      };
      await Promise.all(Array.from({ length: Math.min(jobs.length, Math.max(1, threads)) }, (_, i) => work(i)));
      return results;
    },
    async close() {
      signal?.removeEventListener('abort', abort);
      await stop(new Error('the replay is over'));
    },
  };
}
