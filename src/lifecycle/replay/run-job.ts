import { createAssembler, type Assembler } from './assemble.ts';
import { createContainerRunner } from './container-job.ts';
import { finishSamples } from './finish-job.ts';
import type { Job, JobContext, JobResult } from './job.ts';
import { kinOf } from './kin-job.ts';
import type { Means } from './means.ts';
import { createMemberRunner, type MemberRunner } from './member-job.ts';
import { layKin, openRoots } from './roots.ts';
import type { Scratch } from './scratch.ts';
import { putTogether } from './slice-job.ts';
import { createWorkspace } from './workspace.ts';

/** Does jobs of one replay, one after the other: what they need of features is compiled for the first of a kind. */
export function createRunner(context: JobContext, scratch: Scratch): (job: Job) => JobResult {
  const roots = openRoots(scratch);
  const means: Means = { scratch, roots, workspace: createWorkspace() };
  let members: MemberRunner | undefined;
  let runContainers: ReturnType<typeof createContainerRunner> | undefined;
  let assemble: Assembler | undefined;
  return (job) => {
    roots.forget();
    means.workspace.clear();
    switch (job.kind) {
      case 'kin': {
        const { leaves, ties } = kinOf(context.source, job.bucket);
        const hasLeaves = leaves.members.length > 0;
        if (hasLeaves) layKin(scratch, leaves, job.bucket);
        return { kin: { hasLeaves, ties } };
      }
      case 'move':
        return { pile: (members ??= createMemberRunner(context, means)).move(job) };
      case 'split':
        return { pile: (members ??= createMemberRunner(context, means)).split(job) };
      case 'members':
        return { members: (members ??= createMemberRunner(context, means)).run(job) };
      case 'containers':
        (runContainers ??= createContainerRunner(context, means))(job.part);
        return {};
      case 'slice': {
        const made = putTogether(job, context, { ...means, assemble: (assemble ??= createAssembler(context.readings, job.said)) });
        return 'bytes' in made ? { encoded: made } : { table: made };
      }
      case 'finish':
        finishSamples(job, context, means);
        return {};
    }
  };
}
