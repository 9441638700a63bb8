import { bucketOf, type EventColumns } from '../../log/index.ts';
import { GRAIN, type Bucket, type Job, type JobContext, type MemberSummary, type Share } from './job.ts';
import type { Means } from './means.ts';
import { createMemberWalk } from './member-walk.ts';
import { moveOut, placeIn, splitUp } from './move-job.ts';
import { pack } from './pack.ts';
import { eventsAt, type Pile } from './scatter-events.ts';
import { writeShelf } from './shelf.ts';
import { selectionOf } from './selection.ts';
import { batchesOf } from './source.ts';

export interface MemberRunner {
  move(job: Pick<Bucket, 'bucket'>): Pile;
  split(job: Pick<Bucket, 'bucket'>): Pile;
  run(job: Job & { kind: 'members' }): MemberSummary;
}

/** Moves events between buckets and splits these, then deals with records, one by one: what is read of events is looked up once. The latter lays down `members-S`, and by part `mail-S` and `asks-S`. */
export function createMemberRunner(context: JobContext, { scratch, roots, workspace }: Means): MemberRunner {
  const { source, plan, readings, parts } = context;
  const { columns, walk } = createMemberWalk({ readings, plan, parts, rootOf: roots.of, workspace });
  const selection = selectionOf(columns);
  function* batchesIn({ bucket, came }: Bucket, { nth, of, pile: split }: Share): Generator<EventColumns> {
    yield* split === undefined ? batchesOf(source, bucket, selection) : eventsAt(scratch, split, nth);
    for (const pile of came) yield* eventsAt(scratch, pile, placeIn(bucket, nth, of));
  }
  return {
    move: (job) => moveOut(job, context, { roots, selection, scratch }),
    split: (job) => splitUp(job, context, { roots, selection, scratch }),
    run(job) {
      const isSplit = job.share.pile !== undefined; // who is elsewhere is not in it
      const buckets = job.buckets.map((of) => ({
        batches: batchesIn(of, job.share),
        isHere: (subject: string) => isSplit || bucketOf(subject) !== of.bucket || roots.homeOf(subject) === of.bucket,
      }));
      const { samples, names, words, firstKnown, events, post } = walk({ buckets });
      writeShelf(scratch, `mail-${job.sender}`, post.map(({ mail: { count, records } }) => pack({ count: Uint32Array.of(count), records })));
      writeShelf(scratch, `asks-${job.sender}`, post.map(({ names: of, asks: { count: _asked, ...asks } }) => pack({ names: of, ...asks })));
      scratch.write(`members-${job.sender}`, pack({ names, ...samples }));
      const grains = new Map<number, number>();
      for (const time of samples.times) grains.set(Math.floor(time / GRAIN), (grains.get(Math.floor(time / GRAIN)) ?? 0) + 1);
      return { grains: { numbers: Int32Array.from(grains.keys()), counts: Int32Array.from(grains.values()) }, words, firstKnown, events };
    },
  };
}
