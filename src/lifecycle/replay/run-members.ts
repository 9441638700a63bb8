import { BUCKETS } from '../../log/index.ts';
import type { Bucket, Job, JobResult, MemberSummary } from './job.ts';
import type { Pool } from './pool.ts';
import { removePile } from './scatter-events.ts';
import type { Scratch } from './scratch.ts';
import { sharesOf } from './share.ts';

export interface MemberStep {
  readonly cast: readonly Bucket[];
  readonly senders: number;
  /** How many buckets are split at a time. */
  readonly atOnce: number;
  readonly onDone: (result: JobResult) => void;
}

/** Has the records dealt with; buckets that are cut into shares are split a few at a time, so that few of them lie in the scratch. */
export async function runMembers(pool: Pool, scratch: Scratch, { cast, senders, atOnce, onDone }: MemberStep): Promise<MemberSummary[]> {
  const of = sharesOf(senders);
  const run = async (jobs: readonly Job[]): Promise<MemberSummary[]> => (await pool.run(jobs, onDone)).map(({ members }) => members!);
  if (of === 1) return run(runsOf(cast, senders).map((buckets, sender): Job => ({ kind: 'members', sender, buckets, share: { nth: 0, of } })));
  const summaries: MemberSummary[] = [];
  for (let at = 0; at < BUCKETS; at += atOnce) {
    const some = cast.slice(at, at + atOnce);
    const piles = (await pool.run(some.map(({ bucket }): Job => ({ kind: 'split', bucket })))).map(({ pile }) => pile!);
    summaries.push(...(await run(some.flatMap((bucket, i) => Array.from({ length: of }, (_, nth): Job => ({ kind: 'members', sender: (at + i) * of + nth, buckets: [bucket], share: { nth, of, pile: piles[i]! } }))))));
    for (const pile of piles) removePile(scratch, pile);
  }
  return summaries;
}

/** Buckets, cut into so many runs. */
const runsOf = (cast: readonly Bucket[], runs: number): Bucket[][] =>
  Array.from({ length: runs }, (_, run) => cast.filter(({ bucket }) => Math.floor((bucket * runs) / BUCKETS) === run));
