import { parentPort, workerData } from 'node:worker_threads';
import { Fault, type FaultParts } from '../../base/index.ts';
import type { Job, JobContext, JobResult } from './job.ts';
import { createRunner } from './run-job.ts';
import { buffersOf } from './buffers.ts';
import { folderScratch, type Flush } from './scratch.ts';

/** A thread of a replay: does the jobs that it is sent, one after the other. */
export type JobNews = { kind: 'done'; result: JobResult } | { kind: 'fault'; parts: FaultParts };

export interface ThreadContext {
  readonly context: JobContext;
  /** Of the scratch. */
  readonly folder: string;
  readonly flush: Flush;
}

const { context, folder, flush } = workerData as ThreadContext;
const run = createRunner(context, folderScratch(folder, flush));
parentPort!.on('message', (job: Job) => {
  let news: JobNews;
  try {
    news = { kind: 'done', result: run(job) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { kind, value, rule, remedy } = error;
    news = { kind: 'fault', parts: { kind, value, rule, remedy } };
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort!.postMessage(news, news.kind === 'done' ? buffersOf(news.result) : []);
});
