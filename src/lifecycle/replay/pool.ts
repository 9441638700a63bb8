import { setImmediate } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import type { Job, JobContext, JobResult } from './job.ts';
import { createRunner } from './run-job.ts';
import type { Scratch } from './scratch.ts';
import { startThread, type Thread } from './thread.ts';

/** Does jobs, as many at once as there are threads, and none whose result lies in the scratch. */
export interface Pool {
  /** Results in the order of the jobs. Rejects with the first Fault, or with the reason of an abort. */
  run(jobs: readonly Job[], onDone?: (result: JobResult) => void): Promise<JobResult[]>;
  close(): Promise<void>;
}

export interface PoolOptions {
  /** 0: in this thread. */
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
}

export function createPool(context: JobContext, scratch: Scratch, { threads, signal }: PoolOptions): Pool {
  const started: Thread[] = [];
  const thread = (i: number): Thread => (started[i] ??= startThread({ context, folder: scratch.folder!, flush: scratch.flush }));
  const stop = (reason: unknown): Promise<unknown> => Promise.all(started.splice(0).map((one) => one.end(reason)));
  const abort = (): void => void stop(signal!.reason);
  signal?.addEventListener('abort', abort, { once: true });

  const run = threads === 0 ? createRunner(context, scratch) : undefined;

  /** What an earlier replay that was cut short has done already. */
  const resultOf = (job: Job): JobResult | undefined => {
    const name = doneName(job);
    return name !== undefined && scratch.has(name) ? (deserialize(scratch.read(name)) as JobResult) : undefined;
  };
  const keep = (job: Job, result: JobResult): void => {
    const name = doneName(job);
    if (name !== undefined && !scratch.has(name)) scratch.write(name, [serialize(result)]);
  };

  return {
    async run(jobs, onDone) {
      const results: JobResult[] = [];
      let next = 0;
      const work = async (i: number): Promise<void> => {
        while (next < jobs.length) {
          signal?.throwIfAborted();
          const at = next++;
          const job = jobs[at]!;
          const result = resultOf(job) ?? (run === undefined ? await thread(i).run(job) : run(job));
          keep(job, result);
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

/** Under which name a result is kept; undefined where it is given away at once. */
function doneName(job: Job): string | undefined {
  switch (job.kind) {
    case 'slice':
      return undefined;
    case 'move':
      return `done-move-${job.bucket}`;
    case 'containers':
      return `done-containers-${job.part}`;
    default:
      return `done-${job.kind}-${job.sender}`;
  }
}
