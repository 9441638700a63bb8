import type { SubjectId } from '../../events/index.ts';
import { JOINED, teamOf } from '../../features/index.ts';
import { bucketOf, columnName, FIRST_WORD, type TextColumn } from '../../log/index.ts';
import { TYING } from './groups.ts';
import { batchesOf, type ReplaySource } from './source.ts';

/** Who must be dealt with together. */
export interface Kinship {
  /** By bucket: the subjects that belong to a record of another bucket, and are dealt with there. */
  readonly moving: ReadonlyMap<number, ReadonlyMap<string, number>>;
  /** One of those that a subject belongs together with, where it is not itself. */
  readonly roots: ReadonlyMap<string, string>;
}

const MANAGER = columnName('text', 'manager');
const FIELDS = [...JOINED.map((field) => columnName('text', field)), MANAGER];
/** Those whose events are dealt with bucket by bucket. */
const MOVING = new Set(['ld_', 'ct_', 'vi_']);

/** Finds the subjects that are tied together. Only parts that name a type that ties are read for it. */
export function findKin(source: ReplaySource): Kinship {
  const roots = rootsOf(pairsOf(source));
  const moving = new Map<number, Map<string, number>>();
  for (const [subject, root] of roots) {
    const [from, home] = [bucketOf(subject), bucketOf(root)];
    if (from === home || !MOVING.has(subject.slice(0, 3))) continue;
    if (!moving.has(from)) moving.set(from, new Map());
    moving.get(from)!.set(subject, home);
  }
  return { moving, roots };
}

/** The pairs of subjects that an event joins. */
function* pairsOf(source: ReplaySource): Generator<readonly [string, string]> {
  for (const batch of batchesOf(source, 'all', { fields: new Set(FIELDS), origin: 'without', types: TYING })) {
    const joins = batch.types.words.map((type) => TYING.has(type));
    if (!joins.includes(true)) continue;
    const others = FIELDS.map((field) => batch.fields.get(field) as TextColumn | undefined);
    for (let row = 0; row < batch.count; row++) {
      if (!joins[batch.types.codes[row]! - FIRST_WORD]) continue;
      const subject = batch.subjects.words[batch.subjects.codes[row]! - FIRST_WORD]!;
      for (const [n, other] of others.entries()) {
        const word = other?.words[other.codes[row]! - FIRST_WORD];
        if (word !== undefined) yield [subject, FIELDS[n] === MANAGER ? teamOf(word as SubjectId) : word];
      }
    }
  }
}

/** For each subject that is tied to others: the first of them all, leads before the rest; itself is left out. */
function rootsOf(pairs: Iterable<readonly [string, string]>): Map<string, string> {
  const above = new Map<string, string>();
  const find = (subject: string): string => {
    let at = subject;
    for (let next = above.get(at); next !== undefined && next !== at; next = above.get(at)) at = next;
    return at;
  };
  for (const [a, b] of pairs) {
    const [first, second] = [find(a), find(b)].toSorted(leadsFirst);
    if (first !== second) above.set(second!, first!);
  }
  return new Map([...above.keys()].map((subject) => [subject, find(subject)]));
}

const rank = (subject: string): number => (subject.startsWith('ld_') ? 0 : 1);
const leadsFirst = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
