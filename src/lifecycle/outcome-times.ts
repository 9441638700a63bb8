import type { TargetName } from '../features/index.ts';
import { columnName, FIRST_WORD, type TextColumn } from '../log/index.ts';
import { batchesOf, type ReplaySource } from './replay/source.ts';
import { TARGETS } from './replay/target.ts';

/** When a record's outcome became known, ms; undefined where it did not. */
export type OutcomeTimes = (subject: string) => number | undefined;

const MERGED = 'record.merged';
const LOSER = columnName('text', 'loser');

/** Reads when each outcome of a target became known first, by `until`, ms. What becomes of one of two merged records becomes of both. */
export function outcomeTimes(source: ReplaySource, { target, until }: { target: TargetName; until: number }): OutcomeTimes {
  const { outcome } = TARGETS[target];
  const types = new Set([outcome, MERGED]);
  const first = new Map<string, number>();
  const merged: { known: number; pair: readonly [string, string] }[] = [];
  const keep = (subject: string, known: number): void => void first.set(subject, Math.min(known, first.get(subject) ?? Infinity));
  for (const batch of batchesOf(source, 'all', { fields: new Set([LOSER]), origin: 'without', types })) {
    const losers = batch.fields.get(LOSER) as TextColumn | undefined;
    const taken = batch.types.words.map((type) => types.has(type));
    for (let row = 0; row < batch.count; row++) {
      const type = batch.types.codes[row]! - FIRST_WORD;
      const known = batch.knownAt[row]!;
      if (!taken[type] || batch.repeats[row] === 1 || known > until) continue;
      const subject = batch.subjects.words[batch.subjects.codes[row]! - FIRST_WORD]!;
      if (batch.types.words[type] === outcome) keep(subject, known);
      const loser = losers?.words[losers.codes[row]! - FIRST_WORD];
      if (batch.types.words[type] === MERGED && loser !== undefined) merged.push({ known, pair: [subject, loser] });
    }
  }
  for (const { known, pair } of merged.toSorted((a, b) => a.known - b.known)) {
    const at = Math.min(...pair.map((one) => first.get(one) ?? Infinity));
    if (at >= known && at < Infinity) for (const one of pair) keep(one, at);
  }
  return (subject) => first.get(subject);
}
