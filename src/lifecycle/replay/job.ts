import type { FeatureSpec } from '../../features/index.ts';
import { createReplayRows } from '../../features/index.ts';
import { walkOwn, type OwnSamples, type Strangers } from './own-walk.ts';
import { walkLinked, type LinkedValues, type Requests } from './linked-walk.ts';
import type { SamplePlan } from './plan.ts';
import { selectionOf } from './selection.ts';
import { batchesOf, type ReplaySource } from './source.ts';
import type { EventColumns, PartSelection } from '../../log/index.ts';

/** What every part of a replay works on. */
export interface JobContext {
  readonly source: ReplaySource;
  readonly plan: SamplePlan;
}

/** A part of a replay that a thread does by itself. */
export type Job =
  | { readonly kind: 'own'; readonly buckets: readonly number[]; readonly features: readonly FeatureSpec[]; readonly strangers: Strangers }
  | { readonly kind: 'linked'; readonly features: readonly FeatureSpec[]; readonly requests: Requests };

export type JobResult = OwnSamples | LinkedValues;

export function runJob(job: Job, { source, plan }: JobContext): JobResult {
  const selection = selectionOf(createReplayRows(job.features).columns);
  if (job.kind === 'linked') {
    return walkLinked({ batches: batchesOf(source, 'all', selection), features: job.features, target: plan.target, until: plan.until, requests: job.requests });
  }
  const { buckets, features, strangers } = job;
  return walkOwn({ batches: rowsOf(source, buckets, selection), features, plan, strangers });
}

function* rowsOf(source: ReplaySource, buckets: readonly number[], selection: PartSelection): Generator<EventColumns> {
  for (const bucket of buckets) yield* batchesOf(source, bucket, selection);
}
