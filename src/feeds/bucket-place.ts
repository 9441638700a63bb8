import { between, inputFault, optional, quote, shape, text } from '../base/index.ts';

/** A bucket of an S3-compatible store, as `feeds.yaml` names it. */
export interface BucketPlace {
  /** e.g. `https://s3.eu-central-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly region: string;
  readonly name: string;
  /** What all keys begin with. */
  readonly prefix: string;
  /** How far back days are looked for. */
  readonly days: number;
}

/** The entry `bucket` of a `feeds.yaml`. */
export interface RawBucket {
  endpoint: string;
  region: string;
  name: string;
  prefix?: string | undefined;
  days?: number | undefined;
}

const DAYS = 60;
const MOST_DAYS = 3_650;
const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/u;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export const rawBucket = shape<RawBucket>({ endpoint: text, region: text, name: text, prefix: optional(text), days: optional(between(1, MOST_DAYS)) });

/** Throws a Fault for what is no address of a store, or one that is not encrypted. */
export function readBucket({ endpoint, region, name, prefix, days }: RawBucket): BucketPlace {
  const url = URL.parse(endpoint);
  if (url === null || !/^https?:$/u.test(url.protocol) || url.pathname !== '/' || url.username !== '') {
    throw inputFault(`bucket.endpoint: ${quote(endpoint)}`, 'is no address of a store', 'write it like https://s3.eu-central-1.amazonaws.com');
  }
  if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname)) throw inputFault(`bucket.endpoint: ${quote(endpoint)}`, 'is not encrypted', 'use https');
  if (!NAME.test(name)) throw inputFault(`bucket.name: ${quote(name)}`, 'is no name of a bucket', 'write the name alone, without s3://');
  return Object.freeze({ endpoint: url.origin, region, name, prefix: prefix ?? '', days: days ?? DAYS });
}
