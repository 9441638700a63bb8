import { BUCKETS, type PartSelection } from '../../log/index.ts';
import type { Job, JobContext } from './job.ts';
import { scatterEvents, type Pile } from './scatter-events.ts';
import type { Scratch } from './scratch.ts';
import { shareOf, sharesOf } from './share.ts';
import { batchesOf } from './source.ts';

export interface MoveOptions {
  readonly selection: PartSelection;
  readonly scratch: Scratch;
  readonly most?: number;
}

type Cast = Pick<JobContext, 'source' | 'senders' | 'roots'>;

/** Where events of a bucket lie that are dealt with in another: by it, and by share of it. */
export const placeIn = (bucket: number, nth: number, of: number): number => bucket * of + nth;

/** Lays down the events of those who belong to a record of another bucket. */
export function moveOut({ bucket, homes }: Job & { kind: 'move' }, { source, senders, roots }: Cast, { selection, ...how }: MoveOptions): Pile {
  const of = sharesOf(senders);
  const placeOf = (subject: string): number | undefined => {
    const home = homes.get(subject);
    return home === undefined ? undefined : placeIn(home, shareOf(roots.get(subject) ?? subject, of), of);
  };
  return scatterEvents(batchesOf(source, bucket, selection), { name: `moved-${bucket}`, placeOf, places: BUCKETS * of, ...how });
}

/** Lays down the events of those who stay in a bucket, by share: so its parts are decoded once, into however many it is cut. */
export function splitUp({ bucket, went }: Job & { kind: 'split' }, { source, senders, roots }: Cast, { selection, ...how }: MoveOptions): Pile {
  const of = sharesOf(senders);
  const placeOf = (subject: string): number | undefined => (went.has(subject) ? undefined : shareOf(roots.get(subject) ?? subject, of));
  return scatterEvents(batchesOf(source, bucket, selection), { name: `split-${bucket}`, placeOf, places: of, ...how });
}
