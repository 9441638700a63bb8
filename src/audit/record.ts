import { createHash, randomBytes } from 'node:crypto';

/**
 * One record of a journal: length u32 LE, its highest bit set once erased | salt 16 | body hash 32 | chain 32 | body.
 * Body hash = SHA-256(salt ‖ body), chain = SHA-256(chain before ‖ length ‖ body hash). So a body can go and the chain
 * still verifies, the salt keeps a guessed body from being confirmed by its hash, and a head proves itself without its
 * body: that tells a write cut short from a changed length.
 */
export const SALT = 16;
export const HASH = 32;
export const HEAD = 4 + SALT + 2 * HASH;
export const MAX_BODY = 1 << 24;
const ERASED = 0x80000000;

export interface RecordHead {
  /** Bytes of the body. */
  readonly length: number;
  readonly erased: boolean;
  readonly salt: Uint8Array;
  readonly bodyHash: Uint8Array;
  readonly chain: Uint8Array;
}

/** The bytes of a record and the chain after it. */
export function encodeRecord(body: Uint8Array, before: Uint8Array): { bytes: Uint8Array; chain: Uint8Array } {
  const salt = randomBytes(SALT);
  const bodyHash = hash(salt, body);
  const chain = chainAfter(before, body.length, bodyHash);
  const bytes = new Uint8Array(HEAD + body.length);
  new DataView(bytes.buffer).setUint32(0, body.length, true);
  bytes.set(salt, 4);
  bytes.set(bodyHash, 4 + SALT);
  bytes.set(chain, 4 + SALT + HASH);
  bytes.set(body, HEAD);
  return { bytes, chain };
}

/** Reads a head of `HEAD` bytes; null where no record can begin like this. */
export function decodeHead(bytes: Uint8Array): RecordHead | null {
  if (bytes.length < HEAD) return null;
  const word = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const length = word & 0x7fffffff;
  if (length < 2 || length > MAX_BODY) return null;
  const part = (from: number, size: number): Uint8Array => bytes.slice(from, from + size);
  return {
    length,
    erased: word >= ERASED,
    salt: part(4, SALT),
    bodyHash: part(4 + SALT, HASH),
    chain: part(4 + SALT + HASH, HASH),
  };
}

/** What is wrong with a record, or null. `before` is the chain of its predecessor. */
export function recordFlaw(head: RecordHead, body: Uint8Array, before: Uint8Array): string | null {
  if (!continues(head, before)) return 'the chain does not continue';
  if (head.erased) return isZero(head.salt) && isZero(body) ? null : 'an erased body is not blank';
  return equal(hash(head.salt, body), head.bodyHash) ? null : 'the body does not match its hash';
}

/** True where a head follows `before` in the chain. */
export function continues(head: RecordHead, before: Uint8Array): boolean {
  return equal(chainAfter(before, head.length, head.bodyHash), head.chain);
}

function chainAfter(before: Uint8Array, length: number, bodyHash: Uint8Array): Uint8Array {
  const word = new Uint8Array(4);
  new DataView(word.buffer).setUint32(0, length, true);
  return hash(before, word, bodyHash);
}

/** The length word that marks a record as erased. */
export function erasedWord(length: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, (length | ERASED) >>> 0, true);
  return bytes;
}

export function hash(...parts: Uint8Array[]): Uint8Array {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest();
}

/** A chain, or the hash of a body, as it is told outside the journal. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

export function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
