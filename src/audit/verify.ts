import { existsSync } from 'node:fs';
import { NO_MARKS, type JournalHead, type Marks, type Retired } from './marks.ts';
import type { Place } from './places.ts';
import { equal, HASH, hex, recordFlaw } from './record.ts';
import { endOf, isTorn, listSegments, openSegment, SEGMENT_HEADER, segmentFile } from './segment.ts';

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
  /** What the log says of the journals: without it nothing tells that a tail was cut off. */
  marks?: Marks;
}

/**
 * Walks every journal of a folder from its first header: each record's body against its hash, each hash against the
 * chain, each segment against the end of the one before, each end that was marked against what lies there. A tail that is still being
 * written is no flaw.
 */
export function verifyJournals(dir: string, { erasedBy = () => true, marks: { anchored, retired } = NO_MARKS }: VerifyOptions = {}): Verification {
  const total = { segments: 0, records: 0, erased: 0 };
  const segments = existsSync(dir) ? listSegments(dir) : [];
  const ends = new Map<string, { number: number; chain: Uint8Array }>();
  const anchorsIn = Map.groupBy(anchored, ({ server, segment }) => segmentFile(server, segment));
  for (const [i, { file, server, number }] of segments.entries()) {
    total.segments += 1;
    const last = ends.get(server) ?? beginning(retired.filter((one) => one.server === server), number);
    const isLast = segments[i + 1]?.server !== server;
    const anchors = Map.groupBy(anchorsIn.get(file) ?? [], ({ bytes }) => bytes);
    const walk = walkSegment(dir, file, { last, server, number, isLast, erasedBy, anchors });
    total.records += walk.records;
    total.erased += walk.erased;
    if (walk.flaw !== null) return { ok: false, ...total, firstBad: walk.flaw };
    ends.set(server, { number, chain: walk.chain });
  }
  const cut = anchored.find(({ server, segment }) => segment > (ends.get(server)?.number ?? lastRetired(retired, server)));
  if (cut !== undefined) return { ok: false, ...total, firstBad: { segment: segmentFile(cut.server, cut.segment), record: 0, flaw: CUT } };
  return { ok: true, ...total, firstBad: null };
}

const lastRetired = (retired: readonly Retired[], server: string): number => Math.max(0, ...retired.map((one) => (one.server === server ? one.segment : 0)));

/** Where a server's first segment begins: at zero, or where the log says that those before were removed for their age. */
function beginning(retired: readonly Retired[], number: number): { number: number; chain: Uint8Array | null } {
  const before = retired.find(({ segment }) => segment === number - 1);
  if (before !== undefined) return { number: number - 1, chain: Buffer.from(before.chain, 'hex') };
  // one that was to be removed may still be there
  return retired.some(({ segment }) => segment >= number) && number > 1 ? { number: number - 1, chain: null } : { number: 0, chain: new Uint8Array(HASH) };
}

interface Expected {
  /** The chain is null where nothing tells it any more. */
  readonly last: { number: number; chain: Uint8Array | null };
  readonly server: string;
  readonly number: number;
  readonly isLast: boolean;
  readonly erasedBy: (place: Place) => boolean;
  /** By the byte after a record: the journal's end as the log was told of it, once for each chain that it was told. */
  readonly anchors: ReadonlyMap<number, readonly JournalHead[]>;
}

const CUT = 'it is missing, and the log tells of it: the end of the journal was cut off';
const OTHER = 'the log tells of another record at this place: the journal was cut off and written anew';

interface Walk {
  readonly records: number;
  readonly erased: number;
  readonly chain: Uint8Array;
  readonly flaw: Flaw | null;
}

function walkSegment(dir: string, file: string, { last, server, number, isLast, erasedBy, anchors }: Expected): Walk {
  const reader = openSegment(dir, file);
  let [records, erased, end, met] = [0, 0, SEGMENT_HEADER, 0];
  let chain: Uint8Array = new Uint8Array(HASH);
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
    if (last.chain !== null && !equal(header.before, last.chain)) return bad(0, 'it does not continue the segment before it');
    chain = header.chain;
    /** False where the log tells of another record that ended here. */
    const meets = (): boolean => {
      const told = anchors.get(end);
      if (told === undefined) return true;
      met += 1;
      const here = hex(chain);
      return told.every((head) => head.chain === here);
    };
    if (!meets()) return bad(0, OTHER);
    for (const { at, head, body } of reader.records()) {
      const flaw = recordFlaw(head, body, chain);
      if (flaw !== null) return bad(records + 1, flaw);
      if (head.erased && !erasedBy({ segment: file, at }))
        return bad(records + 1, 'it is blank and no receipt names it');
      records += 1;
      erased += head.erased ? 1 : 0;
      chain = head.chain;
      end = endOf({ at, head, body });
      if (!meets()) return bad(records, OTHER);
    }
    if (end < reader.size() && !(isLast && isTorn(reader, end, chain)))
      return bad(records + 1, 'the record is cut short');
    if (met < anchors.size) return bad(records + 1, CUT);
    return { records, erased, chain, flaw: null };
  } finally {
    reader.close();
  }
}
