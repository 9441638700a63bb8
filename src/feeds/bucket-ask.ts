import { setTimeout as sleep } from 'node:timers/promises';
import { Fault, type Clock } from '../base/index.ts';
import { refused, unreachable } from './bucket-faults.ts';
import type { BucketPlace } from './bucket-place.ts';
import { keyPath, signedHeaders, type Credentials } from './sign.ts';

export interface AskOptions {
  readonly place: BucketPlace;
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Between two tries, ms. */
  readonly pause?: number | undefined;
  /** How long a store may be silent, before its answer or within it, ms. */
  readonly patience?: number | undefined;
}

/** A GET of a key; of the bucket itself where that is empty. */
export interface Asked {
  readonly key: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Ask = <T>(asked: Asked, take: (body: AsyncIterable<Uint8Array>) => Promise<T>) => Promise<T>;

const TRIES = 3;
const PAUSE = 500;
const PATIENCE = 60_000;
/** Of the answer that says why, at most. */
const REASON_BYTES = 10_000;

/**
 * Asks a store, and lets `take` read the answer. What may pass (a broken connection, silence, 429, 5xx) is tried three times from the
 * beginning, wherever in the answer it happened; `take` must bear that. A Fault of `take` is final, any other error of it counts as a
 * broken connection. Rejects with a Fault that names bucket and key.
 */
export function createAsk({ place, credentials, clock, signal, pause = PAUSE, patience = PATIENCE }: AskOptions): Ask {
  const { endpoint, region, name } = place;
  return async ({ key, params = {}, headers = {} }, take) => {
    const url = new URL(keyPath(name, key), endpoint);
    for (const [param, value] of Object.entries(params)) url.searchParams.set(param, value);
    url.search = url.search.replaceAll('+', '%20');
    for (let tried = 1; ; tried++) {
      const result = await attempt(url, key, headers, take);
      if ('value' in result) return result.value;
      if (tried === TRIES || signal.aborted) throw result.passing;
      await sleep(pause * 2 ** (tried - 1), undefined, { signal }).catch(() => {});
    }
  };

  async function attempt<T>(url: URL, key: string, headers: Readonly<Record<string, string>>, take: (body: AsyncIterable<Uint8Array>) => Promise<T>): Promise<{ value: T } | { passing: Fault }> {
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(new Error(`nothing came for ${patience / 1000} s`)), patience);
    try {
      const sent = signedHeaders({ url, credentials, region, now: clock(), headers });
      const answer = await fetch(url, { headers: sent, redirect: 'manual', signal: AbortSignal.any([signal, silence.signal]) });
      const body = piecesOf(answer, timer);
      if (answer.ok) return { value: await take(body) };
      const fault = refused(place, key, answer, await textOf(body, REASON_BYTES));
      if (answer.status >= 500 || answer.status === 429) return { passing: fault };
      throw fault;
    } catch (cause) {
      if (cause instanceof Fault) throw cause;
      return { passing: unreachable(place, key, cause) };
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The pieces of an answer; each lets the store be silent anew. */
async function* piecesOf({ body }: Response, timer: NodeJS.Timeout): AsyncGenerator<Uint8Array> {
  for await (const piece of body ?? []) {
    timer.refresh();
    yield piece as Uint8Array;
    timer.refresh();
  }
}

/** The first bytes of an answer, as text. */
export async function textOf(body: AsyncIterable<Uint8Array>, most: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes >= most) break;
  }
  return Buffer.concat(pieces).subarray(0, most).toString('utf8');
}
