import { workerData } from 'node:worker_threads';
import { answerJobs } from '../../base/index.ts';
import { runJob, type Job, type Setting } from './run-job.ts';

/** A thread that does jobs of a build, one after the other. */
answerJobs((job: Job) => runJob(job, workerData as Setting));
