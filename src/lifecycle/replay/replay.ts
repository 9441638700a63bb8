import { availableParallelism } from 'node:os';
import { ENTITIES, membersOf, type Entity, type FeatureSpec } from '../../features/index.ts';
import { BUCKETS } from '../../log/index.ts';
import { joinSamples, type SampleTable } from './assemble.ts';
import type { OwnSamples } from './own-walk.ts';
import type { LinkedValues, Requests } from './linked-walk.ts';
import type { SamplePlan } from './plan.ts';
import { createPool } from './pool.ts';
import type { ReplaySource } from './source.ts';
import { findStrangers } from './strangers.ts';
import type { Job } from './job.ts';

export interface ReplayOptions {
  readonly source: ReplaySource;
  readonly features: readonly FeatureSpec[];
  readonly plan: SamplePlan;
  /** 0: in this thread. */
  readonly threads?: number;
  /** Told how many rows were replayed, and how many there are to be. */
  readonly onProgress?: ((done: number, all: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const SMALL = 30_000; // rows for which a thread does not pay
const ROWS = 1_000_000; // a job is about so large, and its memory goes with it

/**
 * Replays a log into samples: first record by record, for what rests on a record's own events, then all subjects together, for each
 * entity whose rows features read. The result is the same for any number of threads.
 */
export async function replaySamples({ source, features, plan, threads, onProgress, signal }: ReplayOptions): Promise<SampleTable> {
  const rows = rowsOf(source);
  const pool = createPool({ source, plan }, { threads: threads ?? (rows < SMALL ? 0 : availableParallelism()), signal });
  const wanted = features.filter(({ entity }) => entity === plan.target);
  const own = membersOf(plan.target).length > 0 ? [] : wanted.filter(({ kind }) => kind.op !== 'cross');
  const linked = ENTITIES.map((entity) => wanted.filter((feature) => !own.includes(feature) && readOf(feature) === entity)).filter((group) => group.length > 0);
  const all = rows * (1 + linked.length);
  let done = 0;
  const told = (share: number) => (): void => onProgress?.(Math.min(all, (done += share)), all);
  try {
    const strangers = findStrangers(source);
    const ranges = rangesOf(Math.max(pool.size, Math.ceil(rows / ROWS)));
    const jobs = ranges.map((buckets): Job => ({
      kind: 'own',
      buckets,
      features: own,
      strangers: { came: buckets.flatMap((bucket) => strangers[bucket]!.came), went: new Set(buckets.flatMap((bucket) => [...strangers[bucket]!.went])) },
    }));
    const samples = joinSamples((await pool.run(jobs, told(rows / jobs.length))) as OwnSamples[], own);
    if (linked.length > 0 && samples.count > 0) {
      const { names, subjects, times, blind, offsets } = samples;
      const requests: Requests = { names, subjects, times, blind, offsets };
      const groups = linked.map((group): Job => ({ kind: 'linked', features: group, requests }));
      const values = (await pool.run(groups, told(rows))) as LinkedValues[];
      for (const [i, group] of linked.entries()) samples.addFeatures(group, values[i]!.columns, values[i]!.words);
    }
    return samples.inOrderOf(wanted);
  } finally {
    await pool.close();
  }
}

/** The entity whose row a feature reads. */
const readOf = ({ entity, kind }: FeatureSpec): Entity => (kind.op === 'cross' ? kind.entity : entity);

function rowsOf({ segments, tail }: ReplaySource): number {
  const held = segments.reduce((sum, { parts }) => parts.reduce((rows, part) => rows + part.rows, sum), 0);
  return tail.reduce((sum, columns) => sum + (columns?.count ?? 0), held);
}

/** All buckets, cut into so many runs. */
function rangesOf(count: number): number[][] {
  const runs = Math.min(BUCKETS, count);
  return Array.from({ length: runs }, (_, run) =>
    Array.from({ length: BUCKETS }, (__, bucket) => bucket).filter((bucket) => Math.floor((bucket * runs) / BUCKETS) === run));
}
