import { hash32 } from '../../base/index.ts';
import { BUCKETS, bucketOf } from '../../log/index.ts';

/** Into how many shards each bucket of a history of so many rows is cut, so that the rows of one fit into memory. */
export const sharesOf = (rows: number, rowsAShard: number): number => Math.max(1, Math.ceil(rows / BUCKETS / rowsAShard));

const SEED = 0x27d4eb2f;

/** The shard in which a subject is folded, unless it belongs together with others. */
export const shardOf = (subject: string, shares: number): number =>
  bucketOf(subject) * shares + (shares === 1 ? 0 : hash32(subject, SEED) % shares);
