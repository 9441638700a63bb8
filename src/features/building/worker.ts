import { parentPort, workerData } from 'node:worker_threads';
import { Fault, type FaultParts } from '../../base/index.ts';
import { runJob, type Job, type Setting } from './run-job.ts';

/** A thread that does jobs of a build, one after the other. */
export type JobNews = { readonly kind: 'done' } | { readonly kind: 'fault'; readonly parts: FaultParts };

parentPort!.on('message', (job: Job) => {
  void answer(job);
});

async function answer(job: Job): Promise<void> {
  let news: JobNews = { kind: 'done' };
  try {
    await runJob(job, workerData as Setting);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { kind, value, rule, remedy } = error;
    news = { kind: 'fault', parts: { kind, value, rule, remedy } };
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort!.postMessage(news);
}
