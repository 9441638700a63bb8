import { expect, test } from 'vitest';
import type { SubjectId } from '../events/index.ts';
import { leftOutBy, presentLeftOut } from './left-out.ts';

const ended = (as: 'converted' | 'closed', count: number) => Array.from({ length: count }, (_, n) => ({ subject: `${as}_${n}` as SubjectId, as }));
const flag = (reason: string): string => (reason === 'rival' ? 'a competitor' : reason);
const looked = [{ subject: 'closed_0', reason: 'closed' }, { subject: 'ld_a', reason: 'rival' }, { subject: 'ld_b', reason: 'snoozed' }, { subject: 'ld_c', reason: 'rival' }];

test('what was looked at and had ended lately is told once', () => {
  const found = leftOutBy(looked, { ended: [...ended('closed', 3), ...ended('converted', 1)], isCut: false });
  expect(presentLeftOut(found, { flag })).toEqual([
    { reason: 'closed', count: 3 }, { reason: 'rival', count: 2, words: 'a competitor' }, { reason: 'converted', count: 1 }, { reason: 'snoozed', count: 1 },
  ]);
});

test('where counting stopped, that is said of what it stopped at, and nothing is named that nobody asks for', () => {
  const found = leftOutBy(looked, { ended: [...ended('closed', 400), ...ended('converted', 100)], isCut: true });
  expect(presentLeftOut(found, { flag }).map(({ reason, count, orMore = false }) => [reason, count, orMore])).toEqual([['closed', 400, true], ['converted', 100, true], ['rival', 2, false], ['snoozed', 1, false]]);
  const read: string[] = [];
  const told = presentLeftOut(found, { flag, name: (subject, reason) => (read.push(subject), subject === 'closed_1' ? [] : [{ record: subject, sentence: reason }]) });
  expect(told.map(({ records }) => records!.length)).toEqual([199, 100, 2, 1]);
  expect(read.length).toBe(303); // each once, and 200 of those that closed
});
