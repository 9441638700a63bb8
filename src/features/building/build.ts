import { renameSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Fault, makeFolder, startJobThreads, syncFolder, type JobThreads } from '../../base/index.ts';
import { BUCKETS, type CellLog } from '../../log/index.ts';
import { DATA } from '../lmdb/store.ts';
import type { FeatureSpec } from '../spec.ts';
import { stateIn } from './finish.ts';
import { planBuild, removeScratch, SCRATCH } from './plan.ts';
import { runJob, surveyOf, type Job, type Setting } from './run-job.ts';
import { endOf, rowsIn } from './source.ts';

export interface BuildOptions {
  /** The folder of the state that is built. */
  readonly path: string;
  readonly features: readonly FeatureSpec[];
  readonly log: CellLog;
  /** 0: in this thread. */
  readonly threads?: number | undefined;
  /** About how many rows are folded at once by a thread: its memory goes with them. */
  readonly rowsAShard?: number;
  /** Events of about so many are folded at once within it. */
  readonly eventsASlice?: number;
  /** About so much of what is laid down is held in memory by a thread, bytes. */
  readonly bytesHeld?: number;
  /** Told the offset up to which so much of the work would have come, and the log's end. */
  readonly onProgress?: ((offset: number, end: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const WORKER = new URL('worker.ts', import.meta.url);
const ROWS = 500_000;
const SLICE = 8_192;
const BYTES = 2 ** 28;
/** The work beside the shards, as a share of theirs. */
const [OF_TALLY, OF_FINISH] = [0.15, 0.3];

/**
 * Builds the state of the history of a log, shard by shard: the rows of the records of a bucket, or of a share of one, which send nothing but sums
 * to the accounts, campaigns, opportunities and users that they belong to; then all that was laid down is merged and written once, in
 * order. The same bytes as if it were folded event by event. One that was cut short goes on where it was. Rejects with a Fault, or
 * with the reason of an abort.
 */
export async function buildState({ path, features, log, threads = availableParallelism(), rowsAShard = ROWS, eventsASlice = SLICE, bytesHeld = BYTES, onProgress, signal }: BuildOptions): Promise<void> {
  const scratch = join(path, SCRATCH);
  for (;;) {
    const epoch = log.epoch();
    const folder = log.historyFolder;
    const { segments, shares } = planBuild({ scratch, source: { folder, segments: log.history.segments() }, features, epoch, rowsAShard });
    const source = { folder, segments };
    const setting: Setting = { source, features, scratch, epoch, shares, eventsASlice, bytesHeld };
    const here = (job: Job): Promise<void> => runJob(job, setting);
    const pool = startJobThreads({ module: WORKER, workerData: setting, threads, here, does: 'builds a state', signal });
    const all = rowsIn(source) * (1 + OF_TALLY + OF_FINISH);
    let done = 0;
    const told = (rows: number) => (): void => onProgress?.(Math.floor((endOf(source) * (done += rows)) / all), log.end());
    try {
      await runJobs(pool, { scratch, shares, rows: rowsIn(source) }, told);
      if (log.epoch() === epoch) break;
    } catch (error) {
      if (!(error instanceof Fault) || log.epoch() === epoch) throw error; // else a part was replaced by an erasure
    } finally {
      await pool.close();
    }
  }
  makeFolder(path);
  renameSync(join(stateIn(scratch), DATA), join(path, DATA));
  syncFolder(path);
  removeScratch(scratch);
}

interface Work {
  readonly scratch: string;
  readonly shares: number;
  readonly rows: number;
}

async function runJobs(pool: JobThreads<Job, void>, { scratch, shares, rows }: Work, told: (rows: number) => () => void): Promise<void> {
  const run = (jobs: readonly Job[], onDone?: (job: Job) => void): Promise<void> =>
    pool.each(jobs, async (job, _, act) => {
      await act(job);
      onDone?.(job);
    });
  await run(['survey']);
  const each = (kind: 'moves' | 'shard', count: number): Job[] => Array.from({ length: count }, (_, place): Job => `${kind} ${place}`);
  if (shares > 1 || surveyOf(scratch).homes.shards.length > 0) await run(each('moves', BUCKETS));
  const shards = each('shard', BUCKETS * shares);
  const [tally, shard] = [told(rows * OF_TALLY), told(rows / shards.length)];
  await run(['tally', ...shards], (job) => (job === 'tally' ? tally() : shard()));
  await run(['finish'], told(rows * OF_FINISH));
}
