import { catalogue } from '../../events/index.ts';
import { BUCKETS, bucketOf, columnName, FIRST_WORD, gatherColumns, rowReader, type EventColumns, type Gathered, type TextColumn } from '../../log/index.ts';
import { JOINING } from './groups.ts';
import { batchesOf, type ReplaySource } from './source.ts';
import type { Strangers } from './own-walk.ts';

const FIELDS = ['loser', 'lead', 'contact'].map((field) => columnName('text', field));

/**
 * Finds the subjects that were joined with a lead of another bucket, and their events. Nothing is read twice where none
 * were: a look at the types that a part names is enough.
 */
export function findStrangers(source: ReplaySource): Strangers[] {
  const homes = homesOf(pairsOf(source));
  const strangers = Array.from({ length: BUCKETS }, () => ({ came: [] as EventColumns[], went: new Set<string>() }));
  const movers = new Map<number, Map<string, number>>();
  for (const [subject, home] of homes) {
    const from = bucketOf(subject);
    if (from === home) continue;
    strangers[from]!.went.add(subject);
    if (!movers.has(from)) movers.set(from, new Map());
    movers.get(from)!.set(subject, home);
  }
  for (const [bucket, going] of movers) {
    const gathered = new Map<number, Gathered[]>();
    for (const batch of batchesOf(source, bucket, {})) {
      const read = rowReader(batch);
      const homeOf = batch.subjects.words.map((subject) => going.get(subject));
      for (let row = 0; row < batch.count; row++) {
        const home = homeOf[batch.subjects.codes[row]! - FIRST_WORD];
        if (home === undefined) continue;
        if (!gathered.has(home)) gathered.set(home, []);
        gathered.get(home)!.push({ event: read(row), repeat: batch.repeats[row] === 1 });
      }
    }
    for (const [home, rows] of gathered) strangers[home]!.came.push(gatherColumns(rows));
  }
  return strangers;
}

/** The pairs of subjects that an event joins. */
function* pairsOf(source: ReplaySource): Generator<readonly [string, string]> {
  if (![...JOINING].some((type) => catalogue.byName.has(type))) return;
  for (const batch of batchesOf(source, 'all', { fields: new Set(FIELDS), origin: 'without', types: JOINING })) {
    const joins = batch.types.words.map((type) => JOINING.has(type));
    if (!joins.includes(true)) continue;
    const others = FIELDS.map((field) => batch.fields.get(field) as TextColumn | undefined);
    for (let row = 0; row < batch.count; row++) {
      if (!joins[batch.types.codes[row]! - FIRST_WORD]) continue;
      const subject = batch.subjects.words[batch.subjects.codes[row]! - FIRST_WORD]!;
      for (const other of others) {
        const word = other?.words[other.codes[row]! - FIRST_WORD];
        if (word !== undefined) yield [subject, word];
      }
    }
  }
}

/** The bucket of each subject that was joined: that of a lead that it belongs together with. */
function homesOf(pairs: Iterable<readonly [string, string]>): Map<string, number> {
  const root = new Map<string, string>();
  const find = (subject: string): string => {
    let at = subject;
    for (let above = root.get(at); above !== undefined && above !== at; above = root.get(at)) at = above;
    return at;
  };
  for (const [a, b] of pairs) {
    for (const subject of [a, b]) if (!root.has(subject)) root.set(subject, subject);
    const [first, second] = [find(a), find(b)].toSorted(leadsFirst);
    root.set(second!, first!);
  }
  return new Map([...root.keys()].map((subject) => [subject, bucketOf(find(subject))]));
}

const rank = (subject: string): number => (subject.startsWith('ld_') ? 0 : 1);
const leadsFirst = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
