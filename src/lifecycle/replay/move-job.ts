import { BUCKETS, type PartSelection } from '../../log/index.ts';
import type { Bucket, JobContext } from './job.ts';
import { scatterEvents, type Pile } from './scatter-events.ts';
import type { Roots } from './roots.ts';
import type { Scratch } from './scratch.ts';
import { shareOf, sharesOf } from './share.ts';
import { batchesOf } from './source.ts';

export interface MoveOptions {
  readonly selection: PartSelection;
  readonly scratch: Scratch;
  readonly roots: Roots;
  readonly most?: number;
}

type Cast = Pick<JobContext, 'source' | 'senders'>;

/** Where events of a bucket lie that are dealt with in another: by it, and by share of it. */
export const placeIn = (bucket: number, nth: number, of: number): number => bucket * of + nth;

/** Lays down the events of those who belong to a record of another bucket. */
export function moveOut({ bucket }: Pick<Bucket, 'bucket'>, { source, senders }: Cast, { selection, roots, ...how }: MoveOptions): Pile {
  const of = sharesOf(senders);
  const placeOf = (subject: string): number | undefined => {
    const home = roots.homeOf(subject);
    return home === bucket ? undefined : placeIn(home, shareOf(roots.of(subject), of), of);
  };
  return scatterEvents(batchesOf(source, bucket, selection), { name: `moved-${bucket}`, placeOf, places: BUCKETS * of, ...how });
}

/** Lays down the events of those who stay in a bucket, by share: so its parts are decoded once, into however many it is cut. */
export function splitUp({ bucket }: Pick<Bucket, 'bucket'>, { source, senders }: Cast, { selection, roots, ...how }: MoveOptions): Pile {
  const of = sharesOf(senders);
  const placeOf = (subject: string): number | undefined => (roots.homeOf(subject) === bucket ? shareOf(roots.of(subject), of) : undefined);
  return scatterEvents(batchesOf(source, bucket, selection), { name: `split-${bucket}`, placeOf, places: of, ...how });
}
