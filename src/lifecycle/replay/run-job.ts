import { runContainers } from './container-job.ts';
import { finishSamples } from './finish-job.ts';
import type { Job, JobContext, JobResult } from './job.ts';
import { runMembers } from './member-job.ts';
import type { Scratch } from './scratch.ts';

export function runJob(job: Job, context: JobContext, scratch: Scratch): JobResult {
  switch (job.kind) {
    case 'members':
      return { members: runMembers(job, context, scratch) };
    case 'containers':
      runContainers(job.part, context, scratch);
      return {};
    case 'finish':
      return { slices: finishSamples(job, context, scratch) };
  }
}
