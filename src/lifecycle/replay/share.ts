import { hash32 } from '../../base/index.ts';
import { BUCKETS } from '../../log/index.ts';

/** Into how many shares the records of each bucket are cut, by the number of senders: above that of buckets, a multiple of it. */
export const sharesOf = (senders: number): number => Math.max(1, senders / BUCKETS);

/** In which of so many shares those are that belong together with a root. */
export const shareOf = (root: string, of: number): number => (of === 1 ? 0 : hash32(root, SEED) % of);

const SEED = 0x5bd1e995;
