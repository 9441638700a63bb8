import { hash32 } from '../../base/index.ts';

/** A subject lies in one of so many buckets, for ever: an erasure rewrites one file a segment. */
export const BUCKETS = 64;

export const bucketOf = (subject: string): number => hash32(subject, BUCKETS) % BUCKETS;
