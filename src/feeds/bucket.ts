import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault, fileFault, quote, type Clock } from '../base/index.ts';
import { keyPath, signedHeaders, type Credentials } from './sign.ts';

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

export interface Stored {
  readonly key: string;
  readonly bytes: number;
  /** Changes with the content. */
  readonly etag: string;
  /** When it was put there, ms. */
  readonly put: number;
}

/** Reads a bucket. Rejects with a Fault that names bucket and key, after three tries where that may help: `conflict` where an object was replaced since it was listed. */
export interface Bucket {
  /** The objects whose keys begin with `prefix`, those after the key `after` where that is one. */
  list(prefix: string, after: string): Promise<Stored[]>;
  /** The first bytes of a small object, as text. */
  text(stored: Stored): Promise<string>;
  /** Copies the very content that was listed to a file. */
  copy(stored: Stored, path: string): Promise<void>;
}

export interface BucketOptions {
  readonly place: BucketPlace;
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Between two tries, ms. */
  readonly pause?: number;
}

const TRIES = 3;
/** Within which an answer begins, and a small one ends. */
const PATIENCE = 60_000;
const SMALL = 100;

export function openBucket({ place, credentials, clock, signal, pause = 500 }: BucketOptions): Bucket {
  const { endpoint, region, name } = place;

  const ask = async (key: string, params: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Promise<Response> => {
    const url = new URL(keyPath(name, key), endpoint);
    for (const [param, value] of Object.entries(params)) url.searchParams.set(param, value);
    url.search = url.search.replaceAll('+', '%20');
    for (let tried = 1; ; tried++) {
      const answer = await get(url, headers).catch((cause: unknown) => unreachable(key, cause));
      if (answer instanceof Response && answer.ok) return answer;
      const fault = answer instanceof Fault ? answer : await refused(key, answer);
      const mayPass = answer instanceof Fault || answer.status >= 500 || answer.status === 429;
      if (!mayPass || tried === TRIES || signal.aborted) throw fault;
      await sleep(pause * 2 ** (tried - 1), undefined, { signal }).catch(() => {});
    }
  };

  const get = async (url: URL, headers: Readonly<Record<string, string>>): Promise<Response> => {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new Error(`no answer within ${PATIENCE / 1000} s`)), PATIENCE);
    try {
      const sent = signedHeaders({ url, credentials, region, now: clock(), headers });
      return await fetch(url, { headers: sent, redirect: 'manual', signal: AbortSignal.any([signal, late.signal]) });
    } finally {
      clearTimeout(timer);
    }
  };

  const nameOf = (key: string): string => `s3://${name}/${key}`;
  const unreachable = (key: string, cause: unknown): Fault => {
    const why = cause instanceof Error ? String((cause.cause as { code?: string } | undefined)?.code ?? cause.message) : String(cause);
    return new Fault({ kind: 'unavailable', value: nameOf(key), rule: `${endpoint} cannot be reached (${why})`, remedy: 'check bucket.endpoint and the network', cause });
  };
  const refused = async (key: string, answer: Response): Promise<Fault> => {
    const body = (await answer.text().catch(() => '')).slice(0, 10_000);
    const code = tag(body, 'Code') ?? answer.statusText;
    const wanted = tag(body, 'Region') ?? answer.headers.get('x-amz-bucket-region');
    const rule = `answers ${answer.status} ${code}`;
    if (wanted !== null && wanted !== undefined && wanted !== region) {
      return new Fault({ kind: 'input', value: nameOf(key), rule, remedy: `set bucket.region to ${quote(wanted)}` });
    }
    if (answer.status === 412) return new Fault({ kind: 'conflict', value: nameOf(key), rule, remedy: 'it was replaced meanwhile; the next look takes the new one' });
    if (answer.status === 404) return new Fault({ kind: 'missing', value: nameOf(key), rule, remedy: 'check bucket.name and bucket.prefix' });
    return new Fault({ kind: 'unavailable', value: nameOf(key), rule, remedy: REMEDIES[answer.status] ?? 'try again later' });
  };

  return {
    async list(prefix, after) {
      const found: Stored[] = [];
      for (let token: string | undefined; ; ) {
        const next: Record<string, string> = token !== undefined ? { 'continuation-token': token } : after === '' ? {} : { 'start-after': after };
        const page = await (await ask('', { 'list-type': '2', 'encoding-type': 'url', prefix, ...next })).text();
        found.push(...[...page.matchAll(/<Contents>(.*?)<\/Contents>/gsu)].map(([, one]) => storedOf(one!)));
        token = tag(page, 'IsTruncated') === 'true' ? tag(page, 'NextContinuationToken') : undefined;
        if (token === undefined) return found;
      }
    },
    async text({ key, etag, bytes }) {
      if (bytes === 0) return '';
      const answer = await ask(key, {}, { 'if-match': etag, range: `bytes=0-${SMALL - 1}` });
      return (await answer.text()).slice(0, SMALL);
    },
    async copy({ key, etag, bytes }, path) {
      const answer = await ask(key, {}, { 'if-match': etag });
      let sink: ReturnType<typeof createWriteStream> | undefined;
      try {
        sink = createWriteStream(path, { mode: 0o600 });
        await pipeline(answer.body === null ? Readable.from([]) : Readable.fromWeb(answer.body as ReadableStream), sink, { signal });
      } catch (cause) {
        const code = (cause as { code?: string; syscall?: string }).syscall === undefined ? undefined : cause;
        throw code === undefined ? unreachable(key, cause) : fileFault(path, cause);
      }
      if (sink.bytesWritten !== bytes) throw unreachable(key, new Error(`${sink.bytesWritten} of ${bytes} bytes came`));
    },
  };
}

const REMEDIES: Readonly<Record<number, string>> = {
  400: 'check bucket.region, and the clock of this machine',
  403: 'check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and what they may read, and the clock of this machine',
};

const tag = (xml: string, name: string): string | undefined => new RegExp(`<${name}>([^<]*)</${name}>`, 'u').exec(xml)?.[1];

function storedOf(xml: string): Stored {
  const etag = (tag(xml, 'ETag') ?? '').replaceAll('&quot;', '"').replaceAll('&#34;', '"');
  return { key: decodeURIComponent((tag(xml, 'Key') ?? '').replaceAll('+', ' ')), bytes: Number(tag(xml, 'Size')), etag, put: Date.parse(tag(xml, 'LastModified') ?? '') };
}
