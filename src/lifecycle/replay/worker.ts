import { workerData } from 'node:worker_threads';
import { answerJobs } from '../../base/index.ts';
import type { JobContext } from './job.ts';
import { createRunner } from './run-job.ts';
import { buffersOf } from './buffers.ts';
import { folderScratch, type Flush } from './scratch.ts';

/** A thread of a replay: does the jobs that it is sent, one after the other. */
export interface ThreadContext {
  readonly context: JobContext;
  /** Of the scratch. */
  readonly folder: string;
  readonly flush: Flush;
}

const { context, folder, flush } = workerData as ThreadContext;
answerJobs(createRunner(context, folderScratch(folder, flush)), buffersOf);
