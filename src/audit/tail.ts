import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileFault, makeFolder, syncFolder, writeFully } from '../base/index.ts';
import { continues, HASH } from './record.ts';
import {
  encodeSegmentHeader,
  endOf,
  isTorn,
  listSegments,
  openSegment,
  SEGMENT_HEADER,
  segmentFile,
} from './segment.ts';

/** Where a server's journal goes on. */
export interface Tail {
  readonly file: string;
  readonly number: number;
  /** Bytes of the segment so far. */
  readonly size: number;
  /** Chain after its last record. */
  readonly chain: Uint8Array;
}

/**
 * Finds the end of a server's journal and makes it fit to be continued: what a crash left of a record that was never
 * acknowledged is cut off; a segment that is damaged otherwise stays as it is for `verify`, and a new one continues it.
 */
export function findTail(dir: string, server: string): Tail {
  makeFolder(dir);
  const segments = listSegments(dir).filter((segment) => segment.server === server);
  const last = segments.at(-1);
  if (last === undefined) return startSegment(dir, server, 1, new Uint8Array(HASH));
  const reader = openSegment(dir, last.file);
  try {
    const header = reader.header();
    if (header === null) {
      const before = segments.length > 1 ? chainOf(dir, segments.at(-2)!.file) : new Uint8Array(HASH);
      const torn = reader.size() <= SEGMENT_HEADER;
      return startSegment(dir, server, torn ? last.number : last.number + 1, before);
    }
    let end = SEGMENT_HEADER;
    let chain = header.chain;
    for (const record of reader.records()) {
      if (!continues(record.head, chain)) break;
      end = endOf(record);
      chain = record.head.chain;
    }
    if (end < reader.size()) {
      if (!isTorn(reader, end, chain)) return startSegment(dir, server, last.number + 1, chain);
      cut(join(dir, last.file), end);
    }
    return { file: last.file, number: last.number, size: end, chain };
  } finally {
    reader.close();
  }
}

/** Writes the header of a new segment, durably. Throws a Fault where the disk refuses. */
export function startSegment(dir: string, server: string, number: number, before: Uint8Array): Tail {
  const file = segmentFile(server, number);
  const bytes = encodeSegmentHeader(server, number, before);
  try {
    const fd = openSync(join(dir, file), existsSync(join(dir, file)) ? 'r+' : 'wx');
    try {
      writeFully(fd, bytes, 0);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    syncFolder(dir);
  } catch (cause) {
    throw fileFault(join(dir, file), cause);
  }
  return { file, number, size: SEGMENT_HEADER, chain: bytes.slice(SEGMENT_HEADER - HASH) };
}

function chainOf(dir: string, file: string): Uint8Array {
  const reader = openSegment(dir, file);
  try {
    let chain = reader.header()?.chain ?? new Uint8Array(HASH);
    for (const { head } of reader.records()) chain = head.chain;
    return chain;
  } finally {
    reader.close();
  }
}

function cut(path: string, size: number): void {
  const fd = openSync(path, 'r+');
  try {
    ftruncateSync(fd, size);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
