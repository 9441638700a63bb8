import { countWhere, rootsOf } from '../../base/index.ts';

/** Who belongs to whom, as of `identityOf`, in flat arrays: only those who do not stand for themselves. */
export interface Kin {
  /** Ascending. */
  readonly members: Float64Array<ArrayBuffer>;
  /** By member: who stands for it. */
  readonly heads: Float64Array<ArrayBuffer>;
}

/** Who stands for one: itself where it is not among the members. */
export function headIn({ members, heads }: Kin, identity: number): number {
  const at = placeOf(members, identity);
  return members[at] === identity ? heads[at]! : identity;
}

/** Of those who are tied together, the first stands for all. `ties` are pairs, one behind the other. */
export function joinKin(ties: Float64Array): Kin {
  const all = ascending(ties);
  const root = rootsOf(all.length, Int32Array.from(ties, (identity) => placeOf(all, identity)));
  const first = new Int32Array(all.length).fill(-1); // by root
  for (let i = 0; i < all.length; i++) if (first[root[i]!] === -1) first[root[i]!] = i;
  const isMember = (_: unknown, i: number): boolean => first[root[i]!] !== i;
  return { members: all.filter(isMember), heads: all.map((_, i) => all[first[root[i]!]!]!).filter(isMember) };
}

/** Each once, in ascending order. */
export const ascending = (identities: ArrayLike<number>): Float64Array<ArrayBuffer> => Float64Array.from(identities).toSorted().filter((identity, i, sorted) => identity !== sorted[i - 1]);

/** The place of a number among ascending ones, or that of the first above it. */
export const placeOf = (sorted: Float64Array, number: number): number => countWhere(sorted, (each) => each < number);
