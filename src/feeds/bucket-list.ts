import { tag } from './bucket-faults.ts';

/** An object of a bucket, as a list names it. */
export interface Stored {
  readonly key: string;
  readonly bytes: number;
  /** Changes with the content. */
  readonly etag: string;
  /** When it was put there, ms. */
  readonly put: number;
}

/** One page of the list of a bucket. */
export interface Page {
  readonly found: readonly Stored[];
  /** Where the next page begins; null after the last. */
  readonly next: string | null;
}

/** Reads the answer to ListObjectsV2; undefined where it is none or not whole, or names an object without its key, size, time or etag. */
export function readPage(xml: string): Page | undefined {
  if (!xml.includes('<ListBucketResult') || !xml.trimEnd().endsWith('</ListBucketResult>')) return undefined;
  const isEncoded = tag(xml, 'EncodingType') === 'url';
  const found: Stored[] = [];
  for (const [, one] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gsu)) {
    const stored = readStored(one!, isEncoded);
    if (stored === undefined) return undefined;
    found.push(stored);
  }
  const next = tag(xml, 'IsTruncated') === 'true' ? tag(xml, 'NextContinuationToken') : null;
  return { found, next: next === null ? null : unescaped(next) };
}

function readStored(xml: string, isEncoded: boolean): Stored | undefined {
  const [key, size, etag, modified] = ['Key', 'Size', 'ETag', 'LastModified'].map((name) => tag(xml, name));
  const name = isEncoded ? decoded(key ?? '') : unescaped(key ?? '');
  const put = Date.parse(modified ?? '');
  if (!name || !etag || !/^\d{1,15}$/u.test(size ?? '') || Number.isNaN(put)) return undefined;
  return { key: name, bytes: Number(size), etag: unescaped(etag), put };
}

/** Keys are encoded like the fields of a form; undefined where one is not. */
function decoded(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { '&quot;': '"', '&apos;': "'", '&lt;': '<', '&gt;': '>', '&amp;': '&', '&#34;': '"', '&#39;': "'" };
const unescaped = (text: string): string => text.replaceAll(/&(?:quot|apos|lt|gt|amp|#34|#39);/gu, (mark) => ENTITIES[mark]!);
