import { Worker } from 'node:worker_threads';
import { Fault } from '../../base/index.ts';
import type { Job, JobResult } from './job.ts';
import type { JobNews, ThreadContext } from './worker.ts';

/** A thread that does one job at a time. */
export interface Thread {
  /** Rejects with a Fault of the job, or with what ended the thread. */
  run(job: Job): Promise<JobResult>;
  /** Ends it; what it was doing is rejected with the reason. */
  end(reason: unknown): Promise<void>;
}

export function startThread(context: ThreadContext): Thread {
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: context });
  let waiting: { done: (result: JobResult) => void; fail: (reason: unknown) => void } | undefined;
  let ended: unknown;

  const fail = (reason: unknown): void => {
    ended ??= reason;
    waiting?.fail(reason);
    waiting = undefined;
  };
  worker.on('message', (news: JobNews) => {
    const job = waiting;
    waiting = undefined;
    if (news.kind === 'done') job?.done(news.result);
    else job?.fail(new Fault(news.parts));
  });
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`a replaying thread ended with ${code}`)));

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
