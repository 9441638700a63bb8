import { BUCKETS } from '../../log/index.ts';
import { hashIn } from './identity.ts';

/** Into how many shares the records of each bucket are cut, by the number of senders: above that of buckets, a multiple of it. */
export const sharesOf = (senders: number): number => Math.max(1, senders / BUCKETS);

/** In which of so many shares those are that belong together with a root, as of `identityOf`. */
export const shareOf = (root: number, of: number): number => hashIn(root) % of;
