import type { TargetName } from '../features/index.ts';
import { columnName, FIRST_WORD, wordAt, type TextColumn } from '../log/index.ts';
import { createMerging } from './replay/merging.ts';
import { batchesOf, type ReplaySource } from './replay/source.ts';
import { TARGETS } from './replay/target.ts';

/** When a record's outcome became known, ms; undefined where it did not. */
export type OutcomeTimes = (subject: string) => number | undefined;

const MERGED = 'record.merged';
const LOSER = columnName('text', 'loser');

interface Happening {
  readonly known: number;
  readonly offset: number;
  readonly subject: string;
  /** Who became the subject; undefined where the outcome is told. */
  readonly loser: string | undefined;
}

/**
 * Reads when each outcome of a target became known first, by `until`, ms. An outcome is that of its record and of those that had been
 * merged with it by then, as of `outcomesOf`.
 */
export function outcomeTimes(source: ReplaySource, { target, until }: { target: TargetName; until: number }): OutcomeTimes {
  const { outcome } = TARGETS[target];
  const types = new Set([outcome, MERGED]);
  const happenings: Happening[] = [];
  for (const batch of batchesOf(source, 'all', { fields: new Set([LOSER]), origin: 'without', types })) {
    const losers = batch.fields.get(LOSER) as TextColumn | undefined;
    const taken = batch.types.words.map((type) => types.has(type));
    for (let row = 0; row < batch.count; row++) {
      const type = batch.types.codes[row]! - FIRST_WORD;
      const known = batch.knownAt[row]!;
      if (!taken[type] || batch.repeats[row] === 1 || known > until) continue;
      const loser = wordAt(losers, row);
      const isOutcome = batch.types.words[type] === outcome;
      if (isOutcome || loser !== undefined) happenings.push({ known, offset: batch.offsets[row]!, subject: wordAt(batch.subjects, row)!, loser: isOutcome ? undefined : loser });
    }
  }
  const merging = createMerging();
  const first = new Map<string, number>();
  for (const { known, subject, loser } of happenings.toSorted((a, b) => a.known - b.known || a.offset - b.offset)) {
    if (loser !== undefined) merging.join(subject, loser);
    else for (const one of merging.with(subject)) if (!first.has(one)) first.set(one, known);
  }
  return (subject) => first.get(subject);
}
