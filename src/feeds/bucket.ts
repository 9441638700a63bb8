import { open, type FileHandle } from 'node:fs/promises';
import { fileFault } from '../base/index.ts';
import { createAsk, textOf, type AskOptions } from './bucket-ask.ts';
import { unreadable } from './bucket-faults.ts';
import { readPage, type Stored } from './bucket-list.ts';

/**
 * Reads a bucket. Rejects with a Fault that names bucket and key, after three tries where that may help: `conflict` where an object was
 * replaced or removed since it was listed, `forbidden` where it alone may not be read.
 */
export interface Bucket {
  /** The objects whose keys begin with `prefix`, those after the key `after` where that is one. */
  list(prefix: string, after: string): Promise<Stored[]>;
  /** The first bytes of a small object, as text. */
  text(stored: Stored): Promise<string>;
  /** Copies the very content that was listed to a file. */
  copy(stored: Stored, path: string): Promise<void>;
}

const SMALL = 100;
/** A page names at most a thousand objects. */
const PAGE_BYTES = 16_000_000;

export function openBucket(options: AskOptions): Bucket {
  const { place } = options;
  const ask = createAsk(options);
  return {
    async list(prefix, after) {
      const found: Stored[] = [];
      for (let next: string | null = null; ; ) {
        const from: Record<string, string> = next !== null ? { 'continuation-token': next } : after === '' ? {} : { 'start-after': after };
        const xml = await ask({ key: '', params: { 'list-type': '2', 'encoding-type': 'url', prefix, ...from } }, (body) => textOf(body, PAGE_BYTES));
        const page = readPage(xml);
        if (page === undefined) throw unreadable(place, prefix, 'no list of objects');
        if (page.next !== null && page.next === next) throw unreadable(place, prefix, 'the same page of its list again and again');
        found.push(...page.found);
        if (page.next === null) return found;
        ({ next } = page);
      }
    },
    async text({ key, etag, bytes }) {
      if (bytes === 0) return '';
      return ask({ key, headers: { 'if-match': etag, range: `bytes=0-${SMALL - 1}` } }, (body) => textOf(body, SMALL));
    },
    async copy({ key, etag, bytes }, path) {
      await ask({ key, headers: { 'if-match': etag } }, async (body) => {
        const came = await writeBody(path, body);
        if (came !== bytes) throw new Error(`${came} of ${bytes} bytes came`);
      });
    },
  };
}

/** Writes an answer to a file, from its beginning; resolves with its bytes. Rejects with a Fault for what the disk refuses. */
async function writeBody(path: string, body: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await onDisk(path, open(path, 'w', 0o600));
  try {
    let bytes = 0;
    for await (const piece of body) {
      await onDisk(path, writeWhole(file, piece));
      bytes += piece.length;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

async function writeWhole(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let done = 0; done < piece.length; ) done += (await file.write(piece, done)).bytesWritten;
}

async function onDisk<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw fileFault(path, cause);
  }
}
