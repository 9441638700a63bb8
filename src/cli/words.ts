import { styleText } from 'node:util';
import { standingWords } from '../rank/index.ts';
import type { Insight, Worklist } from '../serve/index.ts';

type Reasons = Worklist['items'][number]['reasons'];

/** An age as a person says it: `4 s`, `12 min`, `3 h`, `2 days`. */
export function age(seconds: number | null): string {
  if (seconds === null) return 'no data yet';
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** Where an answer comes from, in one line. */
export function provenance({ model, data, level, levelReason }: Pick<Worklist | Insight, 'model' | 'data' | 'level' | 'levelReason'>): string {
  const by = model === null ? 'no model' : `model ${model.id.slice(0, 8)}`;
  const line = `${by} · data ${age(data.ageSeconds)} old · level ${level}`;
  return levelReason === null ? line : `${line}: ${levelReason}`;
}

export function reasonLines(reasons: Reasons): string[] {
  return reasons.map(({ direction, sentence, effect }) => {
    const sign = direction === 'for' ? '+' : '−';
    const figure = effect === 0 ? '' : ` ${styleText('dim', `(${effect < 0 ? '−' : '+'}${Math.abs(effect).toFixed(2)})`)}`;
    return `${styleText(direction === 'for' ? 'green' : 'red', sign)} ${sentence}${figure}`;
  });
}

/** Among whom its grade was given, where that is a segment. */
export function standingLine(standing: Insight['standing']): string[] {
  return standing === undefined || standing.among === null ? [] : [`graded ${standingWords(standing)}`];
}

/** The trend against last week, where it goes back so far. */
export function weekLine(week: Insight['week']): string[] {
  if (week === null) return [];
  const moved = week.points === 0 ? 'the score is what it was' : `${Math.abs(week.points)} points ${week.points > 0 ? 'above' : 'below'} what it was`;
  return [`${moved} on ${week.since.slice(0, 10)}`];
}

/** So many of something: `1 decision`, `2,000 decisions`. */
export const counted = (n: number, word: string): string => `${n.toLocaleString('en')} ${word}${n === 1 ? '' : 's'}`;

/** So many rows of a file: `1 row was refused`. */
export const rowsRefused = (n: number): string => `${counted(n, 'row')} ${n === 1 ? 'was' : 'were'} refused`;

/** What a record's outcome is worth, and what it brings on average. */
export function worthLines({ kind, value, expectedValue }: Pick<Insight, 'kind' | 'value' | 'expectedValue'>): string[] {
  if (value === null || expectedValue === null) return [];
  const money = (amount: number): string => `${Math.round(amount).toLocaleString('en')}${value.currency === null ? '' : ` ${value.currency}`}`;
  const whence = value.from === 'own' ? 'its amount' : kind === 'lead' ? 'what a conversion of such a lead brings' : 'what such an opportunity is won for';
  return [`worth ${money(value.amount)} (${whence}), on average ${money(expectedValue)} at this chance`];
}

export const bold = (text: string): string => styleText('bold', text);
export const dim = (text: string): string => styleText('dim', text);
