import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Fault } from '../../base/index.ts';
import { runJob, type Job, type Setting } from './run-job.ts';
import type { JobNews } from './worker.ts';

/** Does jobs, as many at once as there are threads. */
export interface Threads {
  /** Rejects with the first Fault, or with the reason of an abort. */
  run(jobs: readonly Job[], onDone?: (job: Job) => void): Promise<void>;
  close(): Promise<void>;
}

export interface ThreadsOptions {
  /** 0: in this thread. */
  readonly count: number;
  readonly signal?: AbortSignal | undefined;
}

export function startThreads(setting: Setting, { count, signal }: ThreadsOptions): Threads {
  const threads: Thread[] = [];
  const thread = (i: number): Thread => (threads[i] ??= startThread(setting));
  const stop = (reason: unknown): Promise<unknown> => Promise.all(threads.splice(0).map((one) => one.end(reason)));
  const abort = (): void => void stop(signal!.reason);
  signal?.addEventListener('abort', abort, { once: true });
  return {
    async run(jobs, onDone) {
      let next = 0;
      const work = async (i: number): Promise<void> => {
        while (next < jobs.length) {
          signal?.throwIfAborted();
          const job = jobs[next++]!;
          if (count === 0) await runJob(job, setting);
          else await thread(i).run(job);
          onDone?.(job);
          if (count === 0) await setImmediate();
        }
      };
      await Promise.all(Array.from({ length: Math.min(jobs.length, Math.max(1, count)) }, (_, i) => work(i)));
    },
    async close() {
      signal?.removeEventListener('abort', abort);
      await stop(new Error('the build is over'));
    },
  };
}

interface Thread {
  run(job: Job): Promise<void>;
  /** Ends it; what it was doing is rejected with the reason. */
  end(reason: unknown): Promise<void>;
}

function startThread(setting: Setting): Thread {
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: setting });
  let waiting: { readonly done: () => void; readonly fail: (reason: unknown) => void } | undefined;
  let ended: unknown;
  const fail = (reason: unknown): void => {
    ended ??= reason;
    waiting?.fail(reason);
    waiting = undefined;
  };
  worker.on('message', (news: JobNews) => {
    const job = waiting;
    waiting = undefined;
    if (news.kind === 'done') job?.done();
    else job?.fail(new Fault(news.parts));
  });
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`a thread that builds the state ended with ${code}`)));
  return {
    run: (job) =>
      new Promise((done, refuse) => {
        if (ended !== undefined) return refuse(ended as Error);
        waiting = { done, fail: refuse };
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        worker.postMessage(job);
      }),
    async end(reason) {
      fail(reason);
      await worker.terminate();
    },
  };
}
