import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { writeFully } from '../base/index.ts';
import { keyOf } from './key.ts';
import { createPlaces, type Indexed, type Place } from './places.ts';
import { decodeHead, equal, erasedWord, HEAD, hex, SALT, type RecordHead } from './record.ts';
import type { Decision } from './decision.ts';
import { endOf, listSegments, openSegment, SEGMENT_HEADER, type Located, type SegmentReader } from './segment.ts';

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
  bySubject(subject: string): Decision[];
  /** A subject's decisions of one moment, ms. */
  saidAt(subject: string, time: number): Decision[];
  /** Where a subject's decisions lie, with their ids. */
  placesOf(subject: string): Indexed[];
  /** Blanks records where they lie, durably. Blanking twice is no error. */
  blank(places: readonly Place[]): void;
  close(): void;
}

interface Watched {
  readonly file: string;
  readonly reader: SegmentReader;
  /** The byte up to which it is indexed. */
  indexed: number;
  /** The last record that is indexed. */
  last: { readonly at: number; readonly head: RecordHead } | null;
}

/**
 * Opens the journals of a folder for reading; they may grow, and lose their oldest segments. Ids, subjects and times are indexed from the records' first bytes; what is not
 * known yet is looked for in what was appended since.
 */
export function openLedger(dir: string): Ledger {
  const watched = new Map<string, Watched>();
  const index = createPlaces();

  const refresh = (): void => {
    if (!existsSync(dir)) return;
    const there = new Set(listSegments(dir).map(({ file }) => file));
    for (const file of there) {
      if (!watched.has(file)) watched.set(file, { file, reader: openSegment(dir, file), indexed: SEGMENT_HEADER, last: null });
    }
    const gone = [...watched.values()].filter(({ file }) => !there.has(file));
    if (gone.length > 0) index.drop(new Set(gone.map(({ file }) => file)));
    for (const { file, reader } of gone) {
      reader.close();
      watched.delete(file);
    }
    for (const segment of watched.values()) {
      if (!stands(segment)) {
        index.drop(new Set([segment.file]));
        segment.indexed = SEGMENT_HEADER;
        segment.last = null;
      }
      for (const record of segment.reader.records(segment.indexed)) {
        const { at, head, body } = record;
        const key = head.erased ? null : keyOf(body);
        if (key !== null) index.add(key.subject, { segment: segment.file, at, id: key.id, time: key.time });
        segment.indexed = endOf(record);
        segment.last = { at, head };
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
  const decisionsAt = (places: readonly Indexed[]): Decision[] => places.flatMap((place) => read(place)?.decision ?? []);
  const find = (id: string): Entry | undefined => {
    const place = index.byId(id);
    return place && read(place);
  };
  const saidAt = (subject: string, time: number): Decision[] => decisionsAt(index.ofSubject(subject).filter((place) => place.time === time));

  return {
    find: (id) => find(id) ?? (refresh(), find(id)),
    bySubject(subject) {
      refresh();
      return decisionsAt(index.ofSubject(subject).toSorted((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1)));
    },
    saidAt(subject, time) {
      const said = saidAt(subject, time);
      return said.length > 0 ? said : (refresh(), saidAt(subject, time));
    },
    placesOf(subject) {
      refresh();
      return index.ofSubject(subject).filter(({ segment, at }) => watched.get(segment)?.reader.record(at)?.head.erased === false);
    },
    blank(places) {
      refresh();
      for (const segment of new Set(places.map((place) => place.segment))) {
        const records = places
          .filter((place) => place.segment === segment)
          .flatMap(({ at }) => watched.get(segment)?.reader.record(at) ?? []);
        if (records.length > 0) blankRecords(join(dir, segment), records); // its segment may have gone for its age
      }
    },
    close() {
      for (const { reader } of watched.values()) reader.close();
      watched.clear();
    },
  };
}

/** False where a write that failed was taken back after it was indexed: the last record is cut short, or another begins where it did. */
function stands({ reader, indexed, last }: Watched): boolean {
  if (last === null) return true;
  const head = decodeHead(reader.bytes(last.at, HEAD));
  return reader.size() >= indexed && head !== null && equal(head.chain, last.head.chain);
}

/**
 * First every mark, then every body: a crash in between leaves marked records, which a second run blanks to the end.
 */
function blankRecords(path: string, records: readonly Located[]): void {
  const fd = openSync(path, 'r+');
  try {
    for (const { at, head } of records) writeFully(fd, erasedWord(head.length), at);
    fsyncSync(fd);
    for (const { at, head } of records) {
      writeFully(fd, new Uint8Array(SALT), at + 4);
      writeFully(fd, new Uint8Array(head.length), at + HEAD);
    }
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
