import { availableParallelism } from 'node:os';
import type { FeatureSpec } from '../../features/index.ts';
import { BUCKETS } from '../../log/index.ts';
import { assemble, type SampleTable } from './assemble.ts';
import type { Answers } from './container-walk.ts';
import type { Job } from './job.ts';
import { findKin } from './kin.ts';
import type { MemberSamples } from './member-walk.ts';
import type { SamplePlan } from './plan.ts';
import { createPool } from './pool.ts';
import { readingsOf } from './readings.ts';
import type { ReplaySource } from './source.ts';

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
const TAIL = 0.1; // of the work lies with those that records are linked to

/**
 * Replays a log into samples. Each event is read once: first the records, one by one, which send on what counts elsewhere; then
 * those that they are linked to, from what was sent. The result is the same for any number of threads.
 */
export async function replaySamples({ source, features, plan, threads, onProgress, signal }: ReplayOptions): Promise<SampleTable> {
  const rows = rowsOf(source);
  const readings = readingsOf(features, plan.target);
  const size = threads ?? (rows < SMALL ? 0 : availableParallelism());
  const parts = readings.linked.size === 0 ? 1 : Math.max(1, size, Math.ceil(rows / ROWS));
  const { strangers, roots } = findKin(source);
  const pool = createPool({ source, plan, readings, parts, roots }, { threads: size, signal });
  const all = rows * (1 + TAIL);
  let done = 0;
  const told = (share: number) => (): void => onProgress?.(Math.min(all, (done += share)), all);
  try {
    const ranges = rangesOf(Math.max(pool.size, Math.ceil(rows / ROWS)));
    const jobs = ranges.map((buckets): Job => ({ kind: 'members', buckets, strangers: buckets.map((bucket) => strangers[bucket]!) }));
    const samples = (await pool.run(jobs, told(rows / jobs.length))) as MemberSamples[];
    const asked = Array.from({ length: parts }, (_, part) => samples.map(({ post }) => post[part]!));
    const questions = asked.map((post) => post.map(({ names, asks: { count, keys, samples: of } }) => ({ names, count, keys: keys.slice(), samples: of.slice() })));
    const answers = (await pool.run(asked.map((post): Job => ({ kind: 'containers', post })), told((rows * TAIL) / parts))) as Answers[];
    return assemble({ features: features.filter(({ entity }) => entity === plan.target), readings, samples, questions, answers });
  } finally {
    await pool.close();
  }
}

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
