import { Fault, quote } from '../base/index.ts';
import type { BucketPlace } from './bucket-place.ts';

/** What a key of a bucket is called in a message. */
export const keyName = ({ name }: BucketPlace, key: string): string => `s3://${name}/${key}`;

/** Of a store that did not answer, or not to the end. */
export function unreachable(place: BucketPlace, key: string, cause: unknown): Fault {
  const why = cause instanceof Error ? reasonOf(cause) : String(cause);
  return new Fault({ kind: 'unavailable', value: keyName(place, key), rule: `${place.endpoint} cannot be reached (${why})`, remedy: 'check bucket.endpoint and the network', cause });
}

/** What lies behind `fetch failed`. */
function reasonOf({ message, cause }: Error): string {
  const { code, message: inner } = (cause ?? {}) as { code?: string; message?: string };
  return code ?? (inner || message);
}

/** Of an answer that is not of the protocol. */
export function unreadable(place: BucketPlace, key: string, what: string): Fault {
  return new Fault({ kind: 'unavailable', value: keyName(place, key), rule: `${place.endpoint} answers ${what}`, remedy: 'check that bucket.endpoint is an S3-compatible store' });
}

/** What an answer other than 2xx says. A key that is gone, or holds something else by now, is a `conflict` with the list that named it; one that may not be read is `forbidden`. */
export function refused(place: BucketPlace, key: string, { status, statusText, headers }: Response, body: string): Fault {
  const code = tag(body, 'Code') ?? statusText;
  const wanted = tag(body, 'Region') ?? headers.get('x-amz-bucket-region');
  const fault = (kind: Fault['kind'], remedy: string): Fault => new Fault({ kind, value: keyName(place, key), rule: `answers ${status} ${code}`.trim(), remedy });
  if (wanted !== null && wanted !== place.region) return fault('input', `set bucket.region to ${quote(wanted)}`);
  if (EXPIRED.has(code)) return fault('unavailable', 'renew AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, then start the loader again');
  if (status === 412) return fault('conflict', 'it was replaced meanwhile; the next look takes the new one');
  if (status === 404 && key !== '' && code !== 'NoSuchBucket') return fault('conflict', 'it was removed meanwhile; the next look takes what is there');
  if (status === 404) return fault('missing', 'check bucket.name and bucket.prefix');
  if (status === 403 && key !== '' && OWN.has(code)) return fault('forbidden', 'let AWS_ACCESS_KEY_ID read it, then start the loader again');
  return fault('unavailable', REMEDIES[status] ?? 'try again later');
}

/** Codes of temporary credentials that are over. */
const EXPIRED: ReadonlySet<string> = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired']);

/** Codes of one object that may not be read, or lies in an archive, in a bucket that may be. */
const OWN: ReadonlySet<string> = new Set(['AccessDenied', 'InvalidObjectState']);

const REMEDIES: Readonly<Record<number, string>> = {
  400: 'check bucket.region, and the clock of this machine',
  403: 'check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and what they may read, and the clock of this machine',
};

/** The text of the first element of a name; null where there is none. */
export const tag = (xml: string, name: string): string | null => new RegExp(`<${name}>([^<]*)</${name}>`, 'u').exec(xml)?.[1] ?? null;
