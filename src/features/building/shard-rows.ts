import { existsSync, readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { BUCKETS, FIRST_WORD, gatherColumns, openHistory, rowReader, type EventColumns } from '../../log/index.ts';
import { entityOf } from '../subject.ts';
import { movedFrom, type BuildContext } from './context.ts';
import { JOINING, tiedBy } from '../joining.ts';
import { homeOf } from './kin.ts';
import { APART, NOBODY, type Batch, type ShardRows } from './order.ts';

/** What tells of users and of the cell is folded elsewhere. */
const isElsewhere = (type: string): boolean => type === 'user.changed' || type.startsWith('control.');

/** Reads the rows that are folded in a shard. */
export function readShard(shard: number, { source, scratch, shares, survey: { homes, told, ordered } }: BuildContext): ShardRows {
  const history = openHistory(source.folder);
  const numbers = new Map<string, number>();
  const ties: number[] = [];
  const batches: Batch[] = [];

  const numberOf = (subject: string): number => {
    let number = numbers.get(subject);
    if (number === undefined) numbers.set(subject, (number = numbers.size));
    return number;
  };

  const add = (columns: EventColumns, isHere: (subject: string) => boolean): void => {
    const { count, types, repeats } = columns;
    const { codes, words } = columns.subjects;
    const leaves = types.words.map(isElsewhere);
    const here = words.map(isHere);
    const joins = types.words.map((type) => JOINING.has(type));
    const apart = words.map((subject) => ordered.has(subject) && entityOf(subject) !== 'opportunity');
    const numbersOf = new Int32Array(words.length).fill(NOBODY);
    const subjects = new Int32Array(count).fill(NOBODY);
    const read = rowReader(columns);
    for (let row = 0; row < count; row++) {
      const word = codes[row]! - FIRST_WORD;
      if (repeats[row] === 1 || !here[word] || leaves[types.codes[row]! - FIRST_WORD]) continue;
      if (numbersOf[word] === NOBODY) numbersOf[word] = apart[word] ? APART : numberOf(words[word]!);
      const number = (subjects[row] = numbersOf[word]!);
      if (number !== APART && joins[types.codes[row]! - FIRST_WORD]) for (const other of tiedBy(read(row))) ties.push(number, numberOf(other));
    }
    batches.push({ columns, subjects, read });
  };

  if (shares === 1) {
    for (const segment of source.segments) {
      const columns = history.columns(segment, shard);
      if (columns !== undefined) add(columns, (subject) => homeOf(homes, subject) === undefined);
    }
  }
  for (let from = 0; from < BUCKETS; from++) {
    for (let piece = 0; existsSync(movedFrom(scratch, from, shard, piece)); piece++) {
      add(deserialize(readFileSync(movedFrom(scratch, from, shard, piece))) as EventColumns, () => true);
    }
  }
  const erased = told.filter(({ type, data }) => type === 'control.subject.erased' && numbers.has(data['subject'] as string));
  if (erased.length > 0) {
    const columns = gatherColumns(erased.map((event) => ({ event, repeat: false })));
    batches.push({ columns, subjects: Int32Array.from(erased, ({ data }) => numbers.get(data['subject'] as string)!), read: rowReader(columns) });
  }
  return { batches, subjects: numbers.size, ties };
}
