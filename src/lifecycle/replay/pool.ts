import { deserialize, serialize } from 'node:v8';
import { startJobThreads } from '../../base/index.ts';
import type { Job, JobContext, JobResult } from './job.ts';
import { createRunner } from './run-job.ts';
import type { Scratch } from './scratch.ts';
import type { ThreadContext } from './worker.ts';

const WORKER = new URL('worker.ts', import.meta.url);

/** Does jobs, as many at once as there are threads, and none whose result lies in the scratch. */
export interface Pool {
  /** Results in the order of the jobs; `onDone` is told each, and the place of its job. Rejects with the first Fault, or with the reason of an abort. */
  run(jobs: readonly Job[], onDone?: (result: JobResult, at: number) => void): Promise<JobResult[]>;
  close(): Promise<void>;
}

export interface PoolOptions {
  /** 0: in this thread. */
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
}

export function createPool(context: JobContext, scratch: Scratch, { threads, signal }: PoolOptions): Pool {
  const workerData: ThreadContext = { context, folder: scratch.folder!, flush: scratch.flush };
  let runner: ReturnType<typeof createRunner> | undefined;
  const here = (job: Job): JobResult => (runner ??= createRunner(context, scratch))(job);
  const pool = startJobThreads({ module: WORKER, workerData, threads, here, does: 'replays', signal });

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
      await pool.each(jobs, async (job, at, act) => {
        const result = resultOf(job) ?? (await act(job));
        keep(job, result);
        results[at] = result;
        onDone?.(result, at);
      });
      return results;
    },
    close: () => pool.close(),
  };
}

/** Under which name a result is kept; undefined where it is given away at once, or soon found again. */
function doneName(job: Job): string | undefined {
  switch (job.kind) {
    case 'kin':
    case 'slice':
      return undefined;
    case 'move':
    case 'split':
      return `done-${job.kind}-${job.bucket}`;
    case 'containers':
      return `done-containers-${job.part}`;
    default:
      return `done-${job.kind}-${job.sender}`;
  }
}
