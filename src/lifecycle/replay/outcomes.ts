import { codeOfType } from '../../features/index.ts';
import { createMerging } from './merging.ts';
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
export function outcomesOf({ codes, subjects, names, knownAt, words }: EventTable, { from, to, code }: OutcomeRows): (subject: number) => readonly number[] {
  let first = from;
  while (first < to && codes[first] !== code) first++;
  if (first === to) return () => NONE;

  const merging = createMerging();
  const known = new Map<string, number[]>();
  for (let row = from; row < to; row++) {
    const subject = names[subjects[row]!]!;
    const loser = codes[row] === MERGED ? words[row]!['loser'] : undefined;
    if (typeof loser === 'string') merging.join(subject, loser);
    if (codes[row] !== code) continue;
    for (const one of merging.with(subject)) {
      const times = known.get(one);
      if (times === undefined) known.set(one, [knownAt[row]!]);
      else times.push(knownAt[row]!);
    }
  }
  return (subject) => known.get(names[subject]!) ?? NONE;
}
