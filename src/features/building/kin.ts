import { hash32 } from '../../base/index.ts';
import { shardOf } from './shards.ts';
import { createHashes, findHash, type Hashes } from './hashes.ts';

/**
 * In which shard those are folded who belong together with others of another one, in flat arrays: there may be as many as visitors.
 * Subjects go by hashes. Two that share one are folded in one shard, which changes nothing.
 */
export interface Homes {
  readonly hashes: Hashes;
  readonly shards: Uint32Array;
}

/** The shard of a subject that is not folded in its own; undefined for all others. */
export function homeOf({ hashes, shards }: Homes, subject: string): number | undefined {
  const shard = shards[findHash(hashes, ...hashesOf(subject))];
  return shard === undefined || shard === AT_HOME ? undefined : shard;
}

const AT_HOME = 0xffffffff;
const hashesOf = (subject: string): [number, number] => [hash32(subject), hash32(subject, 0x9e3779b9)];

/** Finds who must be folded together, from the pairs that are tied (union by rank of kind, path halving). */
export interface Kin {
  tie(a: string, b: string): void;
  homes(): Homes;
}

export function createKin(shares: number): Kin {
  const hashes = createHashes();
  let above = new Uint32Array(1_024);
  let shards = new Uint32Array(1_024);
  /** Visitors go to records rather than records to visitors. */
  let visits = new Uint8Array(1_024);

  const numberOf = (subject: string): number => {
    const before = hashes.count;
    const number = hashes.number(...hashesOf(subject));
    if (number < before) return number;
    if (number === above.length) [above, shards, visits] = [doubled(above), doubled(shards), doubled(visits)];
    above[number] = number;
    shards[number] = shardOf(subject, shares);
    visits[number] = Number(subject.startsWith('vi_'));
    return number;
  };
  const find = (number: number): number => {
    let at = number;
    while (above[at] !== at) at = above[at] = above[above[at]!]!;
    return at;
  };

  return {
    tie(a, b) {
      const [one, other] = [find(numberOf(a)), find(numberOf(b))];
      const first = visits[one]! < visits[other]! || (visits[one] === visits[other] && one < other) ? one : other;
      above[one] = first;
      above[other] = first;
    },
    homes() {
      const homes = new Uint32Array(hashes.count).fill(AT_HOME);
      for (let number = 0; number < hashes.count; number++) {
        const home = shards[find(number)]!;
        if (home !== shards[number]) homes[number] = home;
      }
      return { hashes: hashes.finish(), shards: homes };
    },
  };
}

function doubled<T extends Uint32Array | Uint8Array>(from: T): T {
  const longer = (from instanceof Uint8Array ? new Uint8Array(2 * from.length) : new Uint32Array(2 * from.length)) as T;
  longer.set(from);
  return longer;
}
