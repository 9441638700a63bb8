import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, quote } from '../base/index.ts';
import { continues, decodeHead, equal, HASH, HEAD, hash, isZero, type RecordHead } from './record.ts';

/**
 * A journal is a row of segment files `<server>-<n>.journal`. A segment begins with 128 bytes: magic 8 | format u16 LE
 * | zero u16 | number u32 LE | chain before 32 | server's length u8 | server 47 | header hash 32. The header's hash is
 * the chain before the first record, so a header cannot be changed either.
 */
export const SEGMENT_HEADER = 128;
const MAGIC = new TextEncoder().encode('LRJOURNL');
const FORMAT = 1;
const SERVER_AT = 49;
const HASH_AT = SEGMENT_HEADER - HASH;

export interface SegmentName {
  /** File name. */
  readonly file: string;
  readonly server: string;
  readonly number: number;
}

export interface SegmentHeader {
  readonly server: string;
  readonly number: number;
  /** Chain of the previous segment's last record; zeros for the first. */
  readonly before: Uint8Array;
  /** The header's own hash: where this segment's chain begins. */
  readonly chain: Uint8Array;
}

/** A record as it lies in a segment. */
export interface Located {
  /** Byte of the file at which the record begins. */
  readonly at: number;
  readonly head: RecordHead;
  readonly body: Uint8Array;
}

/** Checks a server's name. Throws a Fault. */
export function checkServer(server: string): string {
  if (/^[a-z0-9][a-z0-9._]{0,46}$/.test(server)) return server;
  const rule = 'a server name is 1 to 47 of a-z, 0-9, dot and underscore';
  throw new Fault({ kind: 'input', value: quote(server), rule, remedy: 'choose another name' });
}

export function segmentFile(server: string, number: number): string {
  return `${server}-${String(number).padStart(8, '0')}.journal`;
}

/** The segments of a folder, by server and number. */
export function listSegments(dir: string): SegmentName[] {
  const names = readdirSync(dir).flatMap((file) => {
    const match = /^(?<server>[a-z0-9][a-z0-9._]*)-(?<number>\d{8})\.journal$/.exec(file)?.groups;
    return match === undefined ? [] : [{ file, server: match['server']!, number: Number(match['number']) }];
  });
  return names.toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

export function encodeSegmentHeader(server: string, number: number, before: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(SEGMENT_HEADER);
  const view = new DataView(bytes.buffer);
  const name = new TextEncoder().encode(server);
  bytes.set(MAGIC);
  view.setUint16(8, FORMAT, true);
  view.setUint32(12, number, true);
  bytes.set(before, 16);
  bytes[SERVER_AT - 1] = name.length;
  bytes.set(name, SERVER_AT);
  bytes.set(hash(bytes.subarray(0, HASH_AT)), HASH_AT);
  return bytes;
}

/** Reads a header; null where it is short or does not match its hash. Throws a Fault for a later format. */
export function decodeSegmentHeader(bytes: Uint8Array, file: string): SegmentHeader | null {
  if (bytes.length < SEGMENT_HEADER || !equal(bytes.subarray(0, 8), MAGIC)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const format = view.getUint16(8, true);
  if (format > FORMAT) {
    const rule = `is of journal format ${format}, this release reads ${FORMAT}`;
    throw new Fault({ kind: 'newer', value: file, rule, remedy: 'use the release that wrote it' });
  }
  const chain = bytes.slice(HASH_AT, SEGMENT_HEADER);
  if (!equal(hash(bytes.subarray(0, HASH_AT)), chain)) return null;
  const name = bytes.subarray(SERVER_AT, SERVER_AT + bytes[SERVER_AT - 1]!);
  return {
    server: new TextDecoder().decode(name),
    number: view.getUint32(12, true),
    before: bytes.slice(16, 48),
    chain,
  };
}

/** One open segment file, read by position. */
export interface SegmentReader {
  size(): number;
  header(): SegmentHeader | null;
  /** The record that begins at a byte; null where there is no whole one. */
  record(at: number): Located | null;
  /** Whole records from a byte on; ends at the first that is not whole. */
  records(from?: number): Generator<Located>;
  bytes(at: number, length: number): Uint8Array;
  close(): void;
}

export function openSegment(dir: string, file: string): SegmentReader {
  const fd = openSync(join(dir, file), 'r');
  const size = (): number => fstatSync(fd).size;
  const bytes = (at: number, length: number): Uint8Array => {
    const buffer = new Uint8Array(Math.max(0, Math.min(length, size() - at)));
    for (let done = 0; done < buffer.length; ) {
      const read = readSync(fd, buffer, done, buffer.length - done, at + done);
      if (read === 0) return buffer.subarray(0, done);
      done += read;
    }
    return buffer;
  };
  const record = (at: number): Located | null => {
    const head = decodeHead(bytes(at, HEAD));
    if (head === null) return null;
    const body = bytes(at + HEAD, head.length);
    return body.length < head.length ? null : { at, head, body };
  };
  return {
    size,
    bytes,
    record,
    header: () => decodeSegmentHeader(bytes(0, SEGMENT_HEADER), file),
    *records(from = SEGMENT_HEADER) {
      for (let next = record(from); next !== null; next = record(next.at + HEAD + next.head.length)) yield next;
    },
    close: () => closeSync(fd),
  };
}

/** The byte after a record. */
export function endOf({ at, head }: Located): number {
  return at + HEAD + head.length;
}

/**
 * True where what follows a segment's last whole record is a write that was cut short: less than a head, space that was
 * reserved and never filled, or a head that continues the chain and lacks its body. Anything else is damage.
 */
export function isTorn(reader: SegmentReader, at: number, chain: Uint8Array): boolean {
  const rest = reader.size() - at;
  if (rest < HEAD) return true;
  const head = decodeHead(reader.bytes(at, HEAD));
  return head === null ? isZero(reader.bytes(at, rest)) : continues(head, chain);
}
