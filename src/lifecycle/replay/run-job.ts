import { createAssembler, type Assembler } from './assemble.ts';
import { createContainerRunner } from './container-job.ts';
import { finishSamples } from './finish-job.ts';
import type { Job, JobContext, JobResult } from './job.ts';
import { createMemberRunner, type MemberRunner } from './member-job.ts';
import type { Scratch } from './scratch.ts';
import { putTogether } from './slice-job.ts';

/** Does jobs of one replay, one after the other: what they need of features is compiled for the first of a kind. */
export function createRunner(context: JobContext, scratch: Scratch): (job: Job) => JobResult {
  let members: MemberRunner | undefined;
  let runContainers: ReturnType<typeof createContainerRunner> | undefined;
  let assemble: Assembler | undefined;
  return (job) => {
    switch (job.kind) {
      case 'move':
        return { pile: (members ??= createMemberRunner(context, scratch)).move(job) };
      case 'split':
        return { pile: (members ??= createMemberRunner(context, scratch)).split(job) };
      case 'members':
        return { members: (members ??= createMemberRunner(context, scratch)).run(job) };
      case 'containers':
        (runContainers ??= createContainerRunner(context, scratch))(job.part);
        return {};
      case 'slice': {
        const made = putTogether(job, (assemble ??= createAssembler(context.readings, job.said)), scratch);
        return 'bytes' in made ? { encoded: made } : { table: made };
      }
      case 'finish':
        return { slices: finishSamples(job, context, scratch) };
    }
  };
}
