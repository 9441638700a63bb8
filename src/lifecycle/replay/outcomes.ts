import { codeOfType } from '../../features/index.ts';
import type { EventTable } from './table.ts';

const MERGED = codeOfType('record.merged')!;
const NONE: readonly number[] = [];

export interface OutcomeRows {
  readonly from: number;
  readonly to: number;
  /** Of the type that is the outcome. */
  readonly code: number;
}

/**
 * When outcomes became known, ms, by subject: of the rows of one group, from `from` to before `to`. An outcome is that of
 * the record that has it: of its subject, and of those that had been merged with it by then. Who merely shares a visitor with it has
 * none of it.
 */
export function outcomesOf(table: EventTable, { from, to, code }: OutcomeRows): (subject: number) => readonly number[] {
  const { codes, subjects, knownAt } = table;
  let first = from;
  while (first < to && codes[first] !== code) first++;
  if (first === to) return () => NONE;

  const merged = createMerging(table, { from, to });
  const known = new Map<number, number[]>();
  for (let row = from; row < to; row++) {
    if (codes[row] === MERGED) merged.join(row);
    if (codes[row] !== code) continue;
    for (const subject of merged.with(subjects[row]!)) {
      const times = known.get(subject);
      if (times === undefined) known.set(subject, [knownAt[row]!]);
      else times.push(knownAt[row]!);
    }
  }
  return (subject) => known.get(subject) ?? NONE;
}

/** Which subjects of a group are one record by now. */
function createMerging({ names, subjects, words }: EventTable, { from, to }: Pick<OutcomeRows, 'from' | 'to'>) {
  const one = new Map<number, ReadonlySet<number>>();
  const of = (subject: number): ReadonlySet<number> => one.get(subject) ?? new Set([subject]);
  const numberOf = (name: unknown): number | undefined => {
    for (let row = from; row < to; row++) if (names[subjects[row]!] === name) return subjects[row]!;
    return undefined;
  };
  return {
    with: of,
    join(row: number): void {
      const loser = numberOf(words[row]!['loser']);
      if (loser === undefined) return; // nothing is known of it but this
      const all = new Set([...of(subjects[row]!), ...of(loser)]);
      for (const subject of all) one.set(subject, all);
    },
  };
}
