import type { SubjectId } from '../../events/index.ts';
import { JOINED, teamOf } from '../../features/index.ts';
import { columnName, FIRST_WORD, wordAt, type TextColumn } from '../../log/index.ts';
import { TYING } from './groups.ts';
import { identityOf, isVisitor } from './identity.ts';
import { ascending, placeOf, type Kin } from './kin.ts';
import { batchesOf, type ReplaySource } from './source.ts';

/** What the events of a bucket tie together. */
export interface BucketKin {
  /** Visitors that are tied to one other alone: most of them, so that they do not go into what is held of all buckets. */
  readonly leaves: Kin;
  /** The pairs of all others, one behind the other. */
  readonly ties: Float64Array<ArrayBuffer>;
}

const MANAGER = columnName('text', 'manager');
const FIELDS = [...JOINED.map((field) => columnName('text', field)), MANAGER];

/** The buckets that name a type that ties; no others are read for it. */
export function tyingBuckets({ segments, tail }: ReplaySource): number[] {
  const found = new Set<number>();
  for (const { parts } of segments) for (const { bucket, types } of parts) if (types === undefined || types.some((type) => TYING.has(type))) found.add(bucket);
  for (const [bucket, columns] of tail.entries()) if (columns?.types.words.some((type) => TYING.has(type))) found.add(bucket);
  return [...found].toSorted((a, b) => a - b);
}

/** Finds who is tied together by the events of a bucket. A visitor's own events alone tie it: all of them lie in its bucket. */
export function kinOf(source: ReplaySource, bucket: number): BucketKin {
  const ties: number[] = [];
  const visitors: number[] = [];
  const others: number[] = [];
  for (const [subject, other] of pairsOf(source, bucket)) {
    if (!isVisitor(subject)) ties.push(subject, other);
    else {
      visitors.push(subject);
      others.push(other);
    }
  }
  const members = ascending(visitors);
  const heads = new Float64Array(members.length).fill(NaN);
  const ofSeveral = new Uint8Array(members.length);
  const places = Int32Array.from(visitors, (visitor) => placeOf(members, visitor));
  for (const [i, place] of places.entries()) {
    if (Number.isNaN(heads[place]!)) heads[place] = others[i]!;
    else if (heads[place] !== others[i]) ofSeveral[place] = 1;
  }
  for (const [i, place] of places.entries()) if (ofSeveral[place] === 1) ties.push(visitors[i]!, others[i]!);
  const isLeaf = (_: number, place: number): boolean => ofSeveral[place] === 0;
  return { leaves: { members: members.filter(isLeaf), heads: heads.filter(isLeaf) }, ties: Float64Array.from(ties) };
}

/** The pairs that an event joins. */
function* pairsOf(source: ReplaySource, bucket: number): Generator<readonly [number, number]> {
  for (const batch of batchesOf(source, bucket, { fields: new Set(FIELDS), origin: 'without', types: TYING })) {
    const rows = rowsWith(batch.types, TYING);
    const others = FIELDS.map((field) => batch.fields.get(field) as TextColumn | undefined);
    for (const row of rows) {
      const subject = identityOf(wordAt(batch.subjects, row)!);
      for (const [n, other] of others.entries()) {
        const word = wordAt(other, row);
        if (word !== undefined) yield [subject, identityOf(FIELDS[n] === MANAGER ? teamOf(word as SubjectId) : word)];
      }
    }
  }
}

/** The rows of a column that say one of these words. */
function rowsWith({ codes, words }: TextColumn, wanted: ReadonlySet<string>): number[] {
  const isWanted = Uint8Array.from(words, (word) => Number(wanted.has(word)));
  const rows: number[] = [];
  for (let row = 0; row < codes.length; row++) if (isWanted[codes[row]! - FIRST_WORD] === 1) rows.push(row);
  return rows;
}
