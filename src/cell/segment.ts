import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { fileFault, writeFully } from '../base/index.ts';
import { NONCE_BYTES, seal, TAG_BYTES, unseal } from './seal.ts';

const HEAD_BYTES = 4;
const LEAST = NONCE_BYTES + TAG_BYTES;

/** A record of a segment: where it lies, and what it says. */
export interface SegmentRecord {
  /** Byte offset in the file. */
  readonly at: number;
  /** Undefined where it does not decrypt. */
  readonly plain: Buffer | undefined;
}

/**
 * Appends one sealed record: length (4, big-endian) | nonce 12 | ciphertext | tag 16. Returns where the file ends
 * then. A torn tail is cut off before; the file is searched for one unless it ends where the last append, `knownEnd`,
 * left it.
 */
export function appendRecord(path: string, key: Uint8Array, plain: Uint8Array, knownEnd?: number): number {
  return withFile(path, 'a+', (fd) => {
    const { size } = fstatSync(fd);
    const end = size === knownEnd ? size : validEnd(fd);
    if (end < size) ftruncateSync(fd, end);
    const sealed = seal(key, plain);
    const head = Buffer.alloc(HEAD_BYTES);
    head.writeUInt32BE(sealed.length);
    writeFully(fd, Buffer.concat([head, sealed]));
    return end + HEAD_BYTES + sealed.length;
  });
}

/** The records that are not wiped, in order. */
export function readRecords(path: string, key: Uint8Array): SegmentRecord[] {
  return withFile(path, 'r', (fd) => {
    const records: SegmentRecord[] = [];
    for (const { at, size } of walk(fd)) {
      const sealed = Buffer.alloc(size);
      readSync(fd, sealed, 0, size, at + HEAD_BYTES);
      if (sealed.some((byte) => byte !== 0)) records.push({ at, plain: unseal(key, sealed) });
    }
    return records;
  });
}

/** Overwrites records with zeros, in place and durably. Their lengths stay, so the others are still found. */
export function wipeRecords(path: string, ats: readonly number[]): void {
  if (ats.length === 0) return;
  withFile(path, 'r+', (fd) => {
    const wiped = new Set(ats);
    for (const { at, size } of walk(fd)) {
      if (wiped.has(at)) writeFully(fd, Buffer.alloc(size), at + HEAD_BYTES);
    }
    fdatasyncSync(fd);
  });
}

function* walk(fd: number): Iterable<{ at: number; size: number }> {
  const end = fstatSync(fd).size;
  const head = Buffer.alloc(HEAD_BYTES);
  for (let at = 0; at + HEAD_BYTES <= end;) {
    readSync(fd, head, 0, HEAD_BYTES, at);
    const size = head.readUInt32BE();
    if (size < LEAST || at + HEAD_BYTES + size > end) return;
    yield { at, size };
    at += HEAD_BYTES + size;
  }
}

function validEnd(fd: number): number {
  let end = 0;
  for (const { at, size } of walk(fd)) end = at + HEAD_BYTES + size;
  return end;
}

function withFile<T>(path: string, flags: string, action: (fd: number) => T): T {
  let fd: number | undefined;
  try {
    fd = openSync(path, flags, 0o600);
    return action(fd);
  } catch (cause) {
    throw fileFault(path, cause);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
