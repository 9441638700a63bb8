import { heatTile } from '../../features/index.ts';
import { isBackFromDismissal } from '../eligible.ts';
import { drawByLot } from './exploration.ts';
import type { CandidateReader, CandidateRecord } from './reader.ts';
import { shelvesOf, type Shelves } from './shelves.ts';
import { SOURCE_NAMES, type CandidatesSpec, type CandidateSource } from './source.ts';

/** A record that may be listed, and what brought it. */
export interface Gathered {
  readonly subject: string;
  readonly sources: readonly CandidateSource[];
  /** The probability with which the lot brought it; 1 where another source did. */
  readonly propensity: number;
}

export interface GatherOptions {
  readonly user: string;
  /** ms */
  readonly now: number;
  /** Of the user's day: what is drawn stays drawn for it. */
  readonly seed: number;
}

export interface Gathering {
  /** At most `most`, in the order of their sources. */
  readonly gathered: readonly Gathered[];
  /** How many each source brought, before what several brought was merged. */
  readonly counts: Readonly<Record<CandidateSource, number>>;
  /** The own books of which only a part was looked at. */
  readonly large: readonly string[];
}

/** More of the lot than this many times its quota are not read. */
const LUCK = 8;

/**
 * The records that a list is made of: each source brings what it has up to its quota, what several bring is one candidate, and
 * sources that are named first come first where there are too many. It reads no more of a large book than of a small one.
 */
export function gather(reader: CandidateReader, { user, now, seed }: GatherOptions, spec: CandidatesSpec): Gathering {
  const shelves = shelvesOf(reader, user, now);
  const { quotas } = spec;
  const large = largeBooks(reader, shelves.own, quotas.owned);
  const lot = new Map<string, number>();
  const bring: Record<CandidateSource, () => Iterable<string>> = {
    deadline: () => deadlines(reader, shelves, now, spec),
    hot: () => hot(reader, [...shelves.own, ...shelves.shared], large, now, spec),
    'another-look': () => anotherLook(reader, shelves.own, now, spec),
    territory: () => shared(reader, shelves.shared, quotas.territory),
    owned: () => owned(reader, shelves.own, large, spec),
    *exploration() {
      for (const owner of shelves.own) {
        const size = large.includes(owner) ? reader.book(owner)?.size : reader.ownedFrom(owner, { limit: quotas.owned }).length;
        if (size === undefined || size === 0) continue; // nobody has counted it yet
        const drawn = drawByLot(reader, owner, { share: quotas.exploration / size, seed, limit: LUCK * quotas.exploration });
        for (const subject of drawn.subjects) lot.set(subject, drawn.propensity);
        yield* drawn.subjects;
      }
    },
  };
  const found = new Map<string, CandidateSource[]>();
  const counts = {} as Record<CandidateSource, number>;
  for (const source of SOURCE_NAMES) {
    const quota = source === 'exploration' ? LUCK * quotas.exploration : quotas[source];
    const brought = take(bring[source](), quota);
    counts[source] = brought.length;
    for (const subject of brought) found.set(subject, [...(found.get(subject) ?? []), source]);
  }
  const gathered = [...found].slice(0, spec.most).map(([subject, sources]) =>
    ({ subject, sources, propensity: sources.length === 1 && sources[0] === 'exploration' ? lot.get(subject)! : 1 }));
  return { gathered, counts, large };
}

/** What is promised or planned for soon, or was missed lately, soonest first; then new leads that nobody has been in touch with. */
function* deadlines(reader: CandidateReader, { own, shared: pools, urgent }: Shelves, now: number, { quotas: { deadline: limit }, near, fresh, missed }: CandidatesSpec): Iterable<string> {
  const shelves = [...own, ...pools, ...urgent];
  for (const shelf of shelves) yield* reader.lane('due', shelf, { from: now - missed, until: now + near, limit });
  for (const shelf of shelves) {
    for (const subject of reader.lane('new', shelf, { limit })) {
      const record = reader.record(subject);
      if (record !== undefined && now - record.created <= fresh) yield subject;
      else break;
    }
  }
}

/** Of a large book are looked at so many times as many as it may bring. */
const WARM = 3;

/** The warmest of all shelves; of large books, where there are many, in part those of them that stand best. */
function* hot(reader: CandidateReader, shelves: readonly string[], large: readonly string[], now: number, { quotas: { hot: limit }, hot: lasts }: CandidatesSpec): Iterable<string> {
  const least = heatTile(now - lasts);
  const found = shelves.flatMap((shelf) => reader.lane('heat', shelf, { limit, least }).flatMap((subject) => reader.record(subject) ?? []));
  const warm = found.toSorted((a, b) => b.heat - a.heat || (a.subject < b.subject ? -1 : 1)).map(({ subject }) => subject);
  yield* warm.slice(0, Math.ceil(limit / 2));
  for (const owner of large) {
    const book = reader.book(owner);
    if (book !== undefined) yield* book.bestOf(reader.lane('heat', owner, { limit: WARM * limit, least }), limit);
  }
  yield* warm;
}

/** What was silent or dismissed for long, and stirs. */
function* anotherLook(reader: CandidateReader, shelves: readonly string[], now: number, spec: CandidatesSpec): Iterable<string> {
  // As warm as the hot ones: those among them, and as many after them.
  const limit = spec.quotas.hot + 4 * spec.quotas['another-look'];
  for (const shelf of shelves) {
    for (const subject of reader.lane('heat', shelf, { limit })) {
      const record = reader.record(subject);
      if (record !== undefined && isWorthAnotherLook(record, now, spec)) yield subject;
    }
  }
}

/** Whether a record was silent or dismissed for long, and something fresh came of its own accord. */
function isWorthAnotherLook(record: CandidateRecord, now: number, { hot: lasts, silent }: Pick<CandidatesSpec, 'hot' | 'silent'>): boolean {
  if (record.heat < heatTile(now - lasts)) return false;
  if (record.dismissed) return isBackFromDismissal(record, now, silent);
  return record.stirring && now - record.created >= silent && now - (record.lastTouch ?? -Infinity) >= silent;
}

/** What nobody in particular owns: the warmest, then the newest, then any. */
function* shared(reader: CandidateReader, shelves: readonly string[], limit: number): Iterable<string> {
  for (const lane of ['heat', 'new'] as const) for (const shelf of shelves) yield* reader.lane(lane, shelf, { limit });
  for (const shelf of shelves) yield* reader.ownedFrom(shelf, { limit });
}

/** Whole books that are small together; of large ones, in turn, those that scored highest, or any where nobody has scored them yet. */
function* owned(reader: CandidateReader, owners: readonly string[], large: readonly string[], { quotas, best: most }: CandidatesSpec): Iterable<string> {
  const books = owners.map((owner) => {
    if (!large.includes(owner)) return reader.ownedFrom(owner, { limit: quotas.owned });
    const limit = Math.min(most, quotas.owned);
    return reader.book(owner)?.best(limit).filter((subject) => reader.record(subject)?.owner === owner) ?? reader.ownedFrom(owner, { limit });
  });
  for (let at = 0; books.some(({ length }) => at < length); at++) {
    for (const book of books) if (at < book.length) yield book[at]!;
  }
}

/** The books that are too large together to be assessed as a whole. */
function largeBooks(reader: CandidateReader, owners: readonly string[], most: number): string[] {
  const sizes = owners.map((owner) => reader.ownedFrom(owner, { limit: most + 1 }).length);
  return sizes.reduce((sum, size) => sum + size, 0) <= most ? [] : owners.filter((_, i) => sizes[i]! > 0);
}

/** The first of them, each once. */
function take(subjects: Iterable<string>, most: number): string[] {
  const taken = new Set<string>();
  if (most > 0) {
    for (const subject of subjects) {
      taken.add(subject);
      if (taken.size >= most) break;
    }
  }
  return [...taken];
}
