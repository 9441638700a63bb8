import { existsSync } from 'node:fs';
import type { Place } from './places.ts';
import { equal, HASH, recordFlaw } from './record.ts';
import { endOf, isTorn, listSegments, openSegment, SEGMENT_HEADER } from './segment.ts';

export interface Verification {
  readonly ok: boolean;
  readonly segments: number;
  readonly records: number;
  readonly erased: number;
  readonly firstBad: Flaw | null;
}

/** The first thing that is wrong: in which segment, in which of its records (from 1; 0 is the header), and what. */
export interface Flaw {
  readonly segment: string;
  readonly record: number;
  readonly flaw: string;
}

export interface VerifyOptions {
  /** True for a record that a valid receipt of an erasure names. Without it every blank record is taken at its word. */
  erasedBy?: (place: Place) => boolean;
}

/**
 * Walks every journal of a folder from its first header: each record's body against its hash, each hash against the
 * chain, each segment against the end of the one before. A tail that is still being written is no flaw.
 */
export function verifyJournals(dir: string, { erasedBy = () => true }: VerifyOptions = {}): Verification {
  const total = { segments: 0, records: 0, erased: 0 };
  const segments = existsSync(dir) ? listSegments(dir) : [];
  const ends = new Map<string, { number: number; chain: Uint8Array }>();
  for (const { file, server, number } of segments) {
    total.segments += 1;
    const last = ends.get(server) ?? { number: 0, chain: new Uint8Array(HASH) };
    const isLast = !segments.some((other) => other.server === server && other.number > number);
    const walk = walkSegment(dir, file, { last, server, number, isLast, erasedBy });
    total.records += walk.records;
    total.erased += walk.erased;
    if (walk.flaw !== null) return { ok: false, ...total, firstBad: walk.flaw };
    ends.set(server, { number, chain: walk.chain });
  }
  return { ok: true, ...total, firstBad: null };
}

interface Expected {
  readonly last: { number: number; chain: Uint8Array };
  readonly server: string;
  readonly number: number;
  readonly isLast: boolean;
  readonly erasedBy: (place: Place) => boolean;
}

interface Walk {
  readonly records: number;
  readonly erased: number;
  readonly chain: Uint8Array;
  readonly flaw: Flaw | null;
}

function walkSegment(dir: string, file: string, { last, server, number, isLast, erasedBy }: Expected): Walk {
  const reader = openSegment(dir, file);
  let [records, erased, end, chain] = [0, 0, SEGMENT_HEADER, last.chain];
  const bad = (record: number, flaw: string): Walk => ({
    records,
    erased,
    chain,
    flaw: { segment: file, record, flaw },
  });
  try {
    const header = reader.header();
    if (header === null) return bad(0, 'the header does not match its hash');
    if (header.server !== server || header.number !== number)
      return bad(0, 'the file bears another name than its header');
    if (number !== last.number + 1) return bad(0, `segment ${last.number + 1} is missing before it`);
    if (!equal(header.before, last.chain)) return bad(0, 'it does not continue the segment before it');
    chain = header.chain;
    for (const { at, head, body } of reader.records()) {
      const flaw = recordFlaw(head, body, chain);
      if (flaw !== null) return bad(records + 1, flaw);
      if (head.erased && !erasedBy({ segment: file, at }))
        return bad(records + 1, 'it is blank and no receipt names it');
      records += 1;
      erased += head.erased ? 1 : 0;
      chain = head.chain;
      end = endOf({ at, head, body });
    }
    if (end < reader.size() && !(isLast && isTorn(reader, end, chain)))
      return bad(records + 1, 'the record is cut short');
    return { records, erased, chain, flaw: null };
  } finally {
    reader.close();
  }
}
