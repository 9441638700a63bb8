import { runContainers } from './container-job.ts';
import { finishSamples } from './finish-job.ts';
import type { Job, JobContext, JobResult } from './job.ts';
import { runMembers } from './member-job.ts';
import type { Scratch } from './scratch.ts';
import { putTogether } from './slice-job.ts';

export function runJob(job: Job, context: JobContext, scratch: Scratch): JobResult {
  switch (job.kind) {
    case 'members':
      return { members: runMembers(job, context, scratch) };
    case 'containers':
      runContainers(job.part, context, scratch);
      return {};
    case 'slice': {
      const made = putTogether(job, context, scratch);
      return 'bytes' in made ? { encoded: made } : { table: made };
    }
    case 'finish':
      return { slices: finishSamples(job, context, scratch) };
  }
}
