import { hash32 } from '../../base/index.ts';
import { BUCKETS, bucketOf } from '../../log/index.ts';

/**
 * A subject as one whole number below 2^53: its kind, its bucket, 45 bits of hash. Leads come before contacts, visitors after all
 * others. Two subjects of one bucket that share a number are dealt with in one place, which changes nothing.
 */
export const identityOf = (subject: string): number =>
  (kindOf(subject) * BUCKETS + bucketOf(subject)) * HASHES + (hash32(subject, HIGH_SEED) % HIGHS) * LOWS + hash32(subject, LOW_SEED);

export const isVisitor = (identity: number): boolean => Math.floor(identity / (BUCKETS * HASHES)) === VISITOR;
/** Whether the events of such a one are dealt with bucket by bucket. */
export const isMoving = (identity: number): boolean => Math.floor(identity / (BUCKETS * HASHES)) !== OTHER;
export const bucketIn = (identity: number): number => Math.floor(identity / HASHES) % BUCKETS;
/** 32 bits of its hash. */
export const hashIn = (identity: number): number => identity % LOWS;

const LOWS = 2 ** 32;
const HIGHS = 2 ** 13;
const HASHES = HIGHS * LOWS;
const [LOW_SEED, HIGH_SEED] = [0x5bd1e995, 0x9e3779b9];
const [LEAD, CONTACT, OTHER, VISITOR] = [0, 1, 2, 3];

function kindOf(subject: string): number {
  switch (subject.slice(0, 3)) {
    case 'ld_': return LEAD;
    case 'ct_': return CONTACT;
    case 'vi_': return VISITOR;
    default: return OTHER;
  }
}
