import { createReplayRows } from '../../features/index.ts';
import { walkContainers, type Answers } from './container-walk.ts';
import type { Strangers } from './kin.ts';
import { walkMembers, type MemberSamples } from './member-walk.ts';
import type { Post } from './outbox.ts';
import type { SamplePlan } from './plan.ts';
import type { Readings } from './readings.ts';
import { selectionOf } from './selection.ts';
import { batchesOf, type ReplaySource } from './source.ts';

/** What every part of a replay works on. */
export interface JobContext {
  readonly source: ReplaySource;
  readonly plan: SamplePlan;
  readonly readings: Readings;
  /** In how many parts those are dealt with that records are linked to. */
  readonly parts: number;
  readonly roots: ReadonlyMap<string, string>;
}

/** A part of a replay that a thread does by itself. */
export type Job =
  | { readonly kind: 'members'; readonly buckets: readonly number[]; readonly strangers: readonly Strangers[] }
  | { readonly kind: 'containers'; readonly post: readonly Post[] };

export type JobResult = MemberSamples | Answers;

export function runJob(job: Job, { source, plan, readings, parts, roots }: JobContext): JobResult {
  const rootOf = (subject: string): string => roots.get(subject) ?? subject;
  if (job.kind === 'containers') return walkContainers({ post: job.post, readings, rootOf });
  const selection = selectionOf(createReplayRows(readings.specs, { target: readings.target }).columns);
  const buckets = job.buckets.map((bucket, i) => ({ batches: batchesOf(source, bucket, selection), strangers: job.strangers[i]! }));
  return walkMembers({ buckets, readings, plan, parts, rootOf });
}

/** The memory that can be handed over with a result or a job, rather than copied. */
export function buffersOf(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const look = (part: unknown): void => {
    if (ArrayBuffer.isView(part)) found.add(part.buffer as ArrayBuffer);
    else if (Array.isArray(part)) {
      if (typeof part[0] === 'object') part.forEach(look);
    } else if (part !== null && typeof part === 'object' && !(part instanceof Map)) Object.values(part).forEach(look);
  };
  look(value);
  return [...found].filter((buffer) => buffer.byteLength > 0);
}
