import { bucketIn, identityOf, isMoving, isVisitor } from './identity.ts';
import { headIn, type Kin } from './kin.ts';
import { pack, unpack } from './pack.ts';
import type { Scratch } from './scratch.ts';

/** Who must be dealt with together, as it lies in the scratch. */
export interface Roots {
  /** Who stands for all that a subject belongs together with, as of `identityOf`. */
  of(subject: string): number;
  /** The bucket in which the events of a subject are dealt with. */
  homeOf(subject: string): number;
  /** Of the visitors of buckets nothing is held any more. */
  forget(): void;
}

/** Of a bucket: its visitors that are tied to one other alone. Of none: all others who are tied. */
const nameOf = (bucket?: number): string => (bucket === undefined ? 'kin' : `kin-${bucket}`);

export function layKin(scratch: Scratch, kin: Kin, bucket?: number): void {
  scratch.write(nameOf(bucket), pack({ ...kin }));
}

/** Those of a bucket are read when a visitor of it is asked for. */
export function openRoots(scratch: Scratch): Roots {
  let knots: Kin | undefined;
  const leaves = new Map<number, Kin | null>();
  const read = (bucket?: number): Kin => unpack<Kin>(scratch.read(nameOf(bucket)));
  const leavesOf = (bucket: number): Kin | null => {
    let kin = leaves.get(bucket);
    if (kin === undefined) leaves.set(bucket, (kin = scratch.has(nameOf(bucket)) ? read(bucket) : null));
    return kin;
  };
  const headOf = (identity: number): number => {
    const kin = isVisitor(identity) ? leavesOf(bucketIn(identity)) : null;
    return headIn((knots ??= read()), kin === null ? identity : headIn(kin, identity));
  };
  const of = (subject: string): number => headOf(identityOf(subject));
  return {
    of,
    homeOf(subject) {
      const identity = identityOf(subject);
      return isMoving(identity) ? bucketIn(headOf(identity)) : bucketIn(identity);
    },
    forget: () => leaves.clear(),
  };
}
