import { DAY } from '../../base/index.ts';
import type { Job, JobContext, MemberSummary } from './job.ts';
import { createMemberWalk } from './member-walk.ts';
import { pack } from './pack.ts';
import type { Scratch } from './scratch.ts';
import { writeShelf } from './shelf.ts';
import { selectionOf } from './selection.ts';
import { batchesOf } from './source.ts';

/** Deals with some records, one by one. Lays down `members-S`, and by part `mail-S` and `asks-S`. */
export function createMemberRunner({ source, plan, readings, parts, roots }: JobContext, scratch: Scratch): (job: Job & { kind: 'members' }) => MemberSummary {
  const { columns, walk } = createMemberWalk({ readings, plan, parts, rootOf: (subject) => roots.get(subject) ?? subject });
  const selection = selectionOf(columns);
  return (job) => {
    const buckets = job.buckets.map((bucket, i) => ({ batches: batchesOf(source, bucket, selection), strangers: job.strangers[i]! }));
    const { samples, names, words, firstKnown, events, post } = walk({ buckets, share: job.share });
    writeShelf(scratch, `mail-${job.sender}`, post.map(({ mail: { count, records } }) => pack({ count: Uint32Array.of(count), records })));
    writeShelf(scratch, `asks-${job.sender}`, post.map(({ names: of, asks: { count: _asked, ...asks } }) => pack({ names: of, ...asks })));
    scratch.write(`members-${job.sender}`, pack({ names, ...samples }));
    const days = new Map<number, number>();
    for (const time of samples.times) days.set(Math.floor(time / DAY), (days.get(Math.floor(time / DAY)) ?? 0) + 1);
    return { days, words, firstKnown, events };
  };
}
