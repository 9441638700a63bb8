import { closeSync, existsSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { keyOf } from './key.ts';
import { HEAD, erasedWord, SALT } from './record.ts';
import type { Decision } from './decision.ts';
import { endOf, listSegments, openSegment, SEGMENT_HEADER, type Located, type SegmentReader } from './segment.ts';

/** Where a decision lies: a segment's file and the byte at which its record begins. */
export interface Place {
  readonly segment: string;
  readonly at: number;
}

export interface Entry extends Place {
  readonly decision: Decision;
  /** In hex: what proves that the body is the one that was chained. */
  readonly proof: { readonly salt: string; readonly bodyHash: string; readonly chain: string };
}

/** The decisions of all servers of a cell, read from their journals. The journals may grow meanwhile. */
export interface Ledger {
  /** A decision by id; undefined where there is none, or none any more. */
  find(id: string): Entry | undefined;
  /** A subject's decisions, newest first. */
  bySubject(subject: string, limit?: number): Decision[];
  /** Where a subject's decisions lie, with their ids. */
  placesOf(subject: string): Indexed[];
  /** Blanks records where they lie, durably. Blanking twice is no error. */
  blank(places: readonly Place[]): void;
  close(): void;
}

export interface Indexed extends Place {
  /** The decision's. */
  readonly id: string;
}

interface Watched {
  readonly file: string;
  readonly reader: SegmentReader;
  /** The byte up to which it is indexed. */
  indexed: number;
}

/**
 * Opens the journals of a folder for reading. The index of ids and subjects lives in memory (some 150 bytes a decision)
 * and is read from the records' first bytes; every call first takes in what was appended since the last.
 */
export function openLedger(dir: string): Ledger {
  const watched = new Map<string, Watched>();
  const ids = new Map<string, Indexed>();
  const subjects = new Map<string, Indexed[]>();

  const index = ({ file }: Watched, record: Located): void => {
    const key = record.head.erased ? null : keyOf(record.body);
    if (key === null) return;
    const place = { segment: file, at: record.at, id: key.id };
    ids.set(key.id, place);
    const places = subjects.get(key.subject);
    if (places === undefined) subjects.set(key.subject, [place]);
    else places.push(place);
  };

  const refresh = (): void => {
    if (!existsSync(dir)) return;
    for (const { file } of listSegments(dir)) {
      if (!watched.has(file)) watched.set(file, { file, reader: openSegment(dir, file), indexed: SEGMENT_HEADER });
    }
    for (const segment of watched.values()) {
      if (segment.reader.size() < segment.indexed) segment.indexed = SEGMENT_HEADER; // a failed write was taken back
      for (const record of segment.reader.records(segment.indexed)) {
        index(segment, record);
        segment.indexed = endOf(record);
      }
    }
  };

  const read = ({ segment, at, id }: Indexed): Entry | undefined => {
    const record = watched.get(segment)?.reader.record(at);
    if (!record || record.head.erased || keyOf(record.body)?.id !== id) return undefined;
    const { salt, bodyHash, chain } = record.head;
    const decision = JSON.parse(new TextDecoder().decode(record.body)) as Decision;
    return { segment, at, decision, proof: { salt: hex(salt), bodyHash: hex(bodyHash), chain: hex(chain) } };
  };

  const placesOf = (subject: string): Indexed[] => {
    refresh();
    return (subjects.get(subject) ?? []).filter(
      ({ segment, at }) => watched.get(segment)?.reader.record(at)?.head.erased === false,
    );
  };

  return {
    find(id) {
      refresh();
      const place = ids.get(id);
      return place && read(place);
    },
    bySubject(subject, limit = Infinity) {
      refresh();
      const decisions = (subjects.get(subject) ?? []).flatMap((place) => read(place)?.decision ?? []);
      return decisions.toSorted((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1)).slice(0, limit);
    },
    placesOf,
    blank(places) {
      refresh();
      for (const segment of new Set(places.map((place) => place.segment))) {
        const records = places
          .filter((place) => place.segment === segment)
          .flatMap(({ at }) => watched.get(segment)?.reader.record(at) ?? []);
        blankRecords(join(dir, segment), records);
      }
    },
    close() {
      for (const { reader } of watched.values()) reader.close();
      watched.clear();
    },
  };
}

/**
 * First every mark, then every body: a crash in between leaves marked records, which a second run blanks to the end.
 */
function blankRecords(path: string, records: readonly Located[]): void {
  const fd = openSync(path, 'r+');
  try {
    for (const { at, head } of records) writeSync(fd, erasedWord(head.length), 0, 4, at);
    fsyncSync(fd);
    for (const { at, head } of records) {
      writeSync(fd, new Uint8Array(SALT), 0, SALT, at + 4);
      writeSync(fd, new Uint8Array(head.length), 0, head.length, at + HEAD);
    }
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
