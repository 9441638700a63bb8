import { setImmediate } from 'node:timers/promises';
import { parentPort, Worker } from 'node:worker_threads';
import { Fault, type FaultParts } from './errors.ts';

/** Does jobs, as many at once as there are threads. */
export interface JobThreads<Job, Result> {
  /** Passes on each job in its turn, with its place and how to have it done. Rejects with the first Fault, or with the reason of an abort. */
  each(jobs: readonly Job[], pass: (job: Job, at: number, act: (job: Job) => Promise<Result>) => Promise<void>): Promise<void>;
  /** Resolves when no thread runs any more. */
  close(): Promise<void>;
}

export interface JobThreadsOptions<Job, Result> {
  /** The module of a thread: it hears `workerData`, and calls `answerJobs`. */
  readonly module: URL;
  readonly workerData: unknown;
  /** 0: in this thread, by `here`. */
  readonly threads: number;
  readonly here: (job: Job) => Result | Promise<Result>;
  /** What they do, for the message of one that ends: `replays`. */
  readonly does: string;
  readonly signal?: AbortSignal | undefined;
}

/** Threads start with their first job. */
export function startJobThreads<Job, Result>({ threads, here, signal, ...how }: JobThreadsOptions<Job, Result>): JobThreads<Job, Result> {
  const started: Thread<Job, Result>[] = [];
  const thread = (i: number): Thread<Job, Result> => (started[i] ??= startThread(how));
  let over: Promise<unknown> = Promise.resolve();
  /** Those that an abort ended are waited for as well. */
  const stop = (reason: unknown): Promise<unknown> => (over = Promise.all([over, ...started.splice(0).map((one) => one.end(reason))]));
  const abort = (): void => void stop(signal!.reason);
  signal?.addEventListener('abort', abort, { once: true });
  return {
    async each(jobs, pass) {
      let next = 0;
      const work = async (i: number): Promise<void> => {
        const act = threads === 0 ? async (job: Job) => here(job) : (job: Job) => thread(i).run(job);
        while (next < jobs.length) {
          signal?.throwIfAborted();
          const at = next++;
          await pass(jobs[at]!, at, act);
          if (threads === 0) await setImmediate();
        }
      };
      await Promise.all(Array.from({ length: Math.min(jobs.length, Math.max(1, threads)) }, (_, i) => work(i)));
    },
    async close() {
      signal?.removeEventListener('abort', abort);
      await stop(new Error(`what ${how.does} is over`));
    },
  };
}

type News<Result> = { readonly kind: 'done'; readonly result: Result } | { readonly kind: 'fault'; readonly parts: FaultParts };

/** In a thread: does the jobs that it is sent. A Fault goes back to who sent it; anything else ends the thread. `handOver`: memory that is given away rather than copied. */
export function answerJobs<Job, Result>(run: (job: Job) => Result | Promise<Result>, handOver: (result: Result) => ArrayBuffer[] = () => []): void {
  const answer = async (job: Job): Promise<void> => {
    let news: News<Result>;
    try {
      news = { kind: 'done', result: await run(job) };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const { kind, value, rule, remedy } = error;
      news = { kind: 'fault', parts: { kind, value, rule, remedy } };
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    parentPort!.postMessage(news, news.kind === 'done' ? handOver(news.result) : []);
  };
  parentPort!.on('message', (job: Job) => void answer(job));
}

/** Does one job at a time. */
interface Thread<Job, Result> {
  /** Rejects with a Fault of the job, or with what ended the thread. */
  run(job: Job): Promise<Result>;
  /** Ends it; what it was doing is rejected with the reason. */
  end(reason: unknown): Promise<void>;
}

function startThread<Job, Result>({ module, workerData, does }: Pick<JobThreadsOptions<Job, Result>, 'module' | 'workerData' | 'does'>): Thread<Job, Result> {
  const worker = new Worker(module, { workerData });
  let waiting: { readonly done: (result: Result) => void; readonly fail: (reason: unknown) => void } | undefined;
  let ended: unknown;
  const fail = (reason: unknown): void => {
    ended ??= reason;
    waiting?.fail(reason);
    waiting = undefined;
  };
  worker.on('message', (news: News<Result>) => {
    const job = waiting;
    waiting = undefined;
    if (news.kind === 'done') job?.done(news.result);
    else job?.fail(new Fault(news.parts));
  });
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`a thread that ${does} ended with ${code}`)));
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
