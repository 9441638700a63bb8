import { DAY } from '../../base/index.ts';
import type { TargetName } from '../../features/index.ts';
import { columnName, FIRST_WORD, wordAt, type EventColumns, type TextColumn } from '../../log/index.ts';
import { batchesOf, type ReplaySource } from '../replay/source.ts';
import { TARGETS } from '../replay/target.ts';

/** What became of records, as far as effects need it. Times in ms. */
export interface Outcomes {
  /** When it became known that a record converted, or was won; undefined where it did not. */
  convertedAt(subject: string): number | undefined;
  /** Whether somebody did this kind of thing with a record within a day after a time. */
  wasDone(kind: string, subject: string, time: number): boolean;
}

export interface OutcomeOptions {
  readonly target: TargetName;
  /** The offset before which nothing is looked at. */
  readonly from: number;
}

const DONE: Readonly<Record<string, string>> = { 'call.logged': 'call', 'email.sent': 'email', 'meeting.booked': 'meeting' };
const [PURPOSE, DIRECTION] = [columnName('text', 'purpose'), columnName('text', 'direction')];

/**
 * Reads outcomes, and what reps did, off the columns of a log. An outcome counts from when it became known, as a label of a training
 * set does; what a rep did, from when it was done.
 */
export function readOutcomes(source: ReplaySource, { target, from }: OutcomeOptions): Outcomes {
  const { outcome } = TARGETS[target];
  const types = new Set([outcome, ...Object.keys(DONE)]);
  const converted = new Map<string, number>();
  const done = new Map<string, number[]>();
  for (const batch of batchesOf(source, 'all', { fields: new Set([PURPOSE, DIRECTION]), origin: 'without', types })) {
    const { count, subjects, offsets, repeats, times, knownAt } = batch;
    const taken = batch.types.words.map((type) => types.has(type));
    const [purpose, direction] = [wordsIn(batch, PURPOSE), wordsIn(batch, DIRECTION)];
    for (let row = 0; row < count; row++) {
      const type = batch.types.codes[row]! - FIRST_WORD;
      if (!taken[type] || offsets[row]! < from || repeats[row] === 1) continue;
      const subject = wordAt(subjects, row)!;
      if (batch.types.words[type] === outcome) converted.set(subject, Math.min(knownAt[row]!, converted.get(subject) ?? Infinity));
      const kind = DONE[batch.types.words[type]!];
      if (kind === undefined || purpose(row) === 'marketing' || direction(row) === 'inbound') continue;
      const key = `${kind} ${subject}`;
      const known = done.get(key);
      if (known === undefined) done.set(key, [times[row]!]);
      else known.push(times[row]!);
    }
  }
  const within = (kind: string, subject: string, time: number): boolean => (done.get(`${kind} ${subject}`) ?? []).some((at) => at > time && at <= time + DAY);
  return {
    convertedAt: (subject) => converted.get(subject),
    wasDone: (kind, subject, time) => (kind === 'wait' ? !Object.values(DONE).some((one) => within(one, subject, time)) : within(kind, subject, time)),
  };
}

function wordsIn({ fields }: EventColumns, name: string): (row: number) => string | undefined {
  const column = fields.get(name) as TextColumn | undefined;
  return (row) => wordAt(column, row);
}
