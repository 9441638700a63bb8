import { constants, setPriority } from 'node:os';
import { retireSegments } from '../audit/index.ts';
import { Fault, systemClock } from '../base/index.ts';
import { takeSnapshot, type SnapshotOptions } from '../features/index.ts';
import { openLog, type CompactOptions } from '../log/index.ts';

/** Work of a cell that is done beside it. */
export type Job =
  | ({ readonly kind: 'compact'; readonly path: string } & Pick<CompactOptions, 'keep' | 'size' | 'before'>)
  | ({ readonly kind: 'snapshot' } & SnapshotOptions)
  | { readonly kind: 'retire'; readonly journal: string; readonly path: string; readonly before: number };

/** What the process tells: how many segments it made, the offset up to which its snapshot goes, or how many segments of the journal it removed. */
export type News = { readonly done: number } | { readonly fault: string };

const WORK: { readonly [Kind in Job['kind']]: (job: Extract<Job, { kind: Kind }>, signal: AbortSignal) => Promise<number> } = {
  async compact({ path, keep, size, before }, signal) {
    const log = openLog({ path, clock: systemClock });
    try {
      return await log.compact({ ...(keep !== undefined && { keep }), ...(size !== undefined && { size }), ...(before !== undefined && { before }), signal });
    } finally {
      await log.close();
    }
  },
  snapshot: async (job) => (await takeSnapshot(job)).offset,
  async retire({ journal: dir, path, before }) {
    const log = openLog({ path, clock: systemClock });
    try {
      return await retireSegments({ dir, before, log, clock: systemClock });
    } finally {
      await log.close();
    }
  },
};

/** The other end of `runApart`: works behind everything else on the machine, and ends with the process that started it. */
async function main(job: Job): Promise<News> {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Where the system does not allow it, it goes on as it is.
  }
  const parent = new AbortController();
  process.once('disconnect', () => parent.abort(new Fault({ kind: 'unavailable', value: job.kind, rule: 'the cell stopped', remedy: 'start it again' })));
  // the terminal's Ctrl-C is for the cell, which tells
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
  try {
    return { done: await WORK[job.kind](job as never, parent.signal) };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message };
    throw error;
  }
}

process.once('message', (job: Job) => {
  const run = async (): Promise<void> => {
    const news = await main(job);
    if (!process.connected) process.exit(1);
    process.send!(news, () => process.exit());
  };
  void run();
});
