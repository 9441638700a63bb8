import { rootsOf } from '../../base/index.ts';
import type { SubjectId } from '../../events/index.ts';
import { JOINED, teamOf } from '../../features/index.ts';
import { bucketOf, columnName, FIRST_WORD, wordAt, type TextColumn } from '../../log/index.ts';
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
  const roots = firstOfTied(pairsOf(source));
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
      const subject = wordAt(batch.subjects, row)!;
      for (const [n, other] of others.entries()) {
        const word = wordAt(other, row);
        if (word !== undefined) yield [subject, FIELDS[n] === MANAGER ? teamOf(word as SubjectId) : word];
      }
    }
  }
}

/** For each subject that is tied to others: the first of them all, leads before the rest; itself is left out. */
function firstOfTied(pairs: Iterable<readonly [string, string]>): Map<string, string> {
  const numbers = new Map<string, number>();
  const numberOf = (subject: string): number => {
    const known = numbers.get(subject);
    if (known === undefined) numbers.set(subject, numbers.size);
    return known ?? numbers.size - 1;
  };
  const ties: number[] = [];
  for (const [a, b] of pairs) ties.push(numberOf(a), numberOf(b));
  const root = rootsOf(numbers.size, ties);
  const first: string[] = []; // by root
  for (const [subject, number] of numbers) {
    const before = first[root[number]!];
    if (before === undefined || leadsFirst(subject, before) < 0) first[root[number]!] = subject;
  }
  return new Map([...numbers].flatMap(([subject, number]) => (first[root[number]!] === subject ? [] : [[subject, first[root[number]!]!] as const])));
}

const rank = (subject: string): number => (subject.startsWith('ld_') ? 0 : 1);
const leadsFirst = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
