import { parentPort, workerData } from 'node:worker_threads';
import { Fault, type FaultParts } from '../../base/index.ts';
import { buffersOf, runJob, type Job, type JobContext, type JobResult } from './job.ts';

/** A thread of a replay: does the jobs that it is sent, one after the other. */
export type JobNews = { kind: 'done'; result: JobResult } | { kind: 'fault'; parts: FaultParts };

const context = workerData as JobContext;
parentPort!.on('message', (job: Job) => {
  let news: JobNews;
  try {
    news = { kind: 'done', result: runJob(job, context) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { kind, value, rule, remedy } = error;
    news = { kind: 'fault', parts: { kind, value, rule, remedy } };
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort!.postMessage(news, news.kind === 'done' ? buffersOf(news.result) : []);
});
