import { expect, test } from 'vitest';
import { DAY } from '../base/index.ts';
import type { LoggedEvent } from '../events/index.ts';
import { outcomeTimes, type OutcomeTimes } from './outcome-times.ts';
import { byBucket } from './replay/source.ts';
import { youngRows } from './young.ts';

type Happening = readonly [knownAt: number, type: string, subject: string, data?: object];

const read = (happenings: readonly Happening[], until: number): OutcomeTimes =>
  outcomeTimes({
    folder: null,
    segments: [],
    tail: byBucket(happenings.map(([knownAt, type, subject, data = {}], offset) => (
      { event: { id: `e${offset}`, source: 'test', type, version: 1, subject, time: 0, knownAt: knownAt * DAY, received: knownAt * DAY, offset, data } as unknown as LoggedEvent, repeat: false }))),
  }, { target: 'lead', until: until * DAY });

test('the first word of an outcome counts, as of what was known', () => {
  const happenings: Happening[] = [[9, 'lead.converted', 'ld_a'], [5, 'lead.converted', 'ld_a'], [8, 'lead.converted', 'ld_b'], [2, 'opportunity.won', 'op_a'], [3, 'lead.closed', 'ld_c']];
  expect(['ld_a', 'ld_b', 'ld_c', 'op_a'].map(read(happenings, 7))).toEqual([5 * DAY, undefined, undefined, undefined]);
});

test('what becomes of merged records becomes of both, from the merge on', () => {
  const happenings: Happening[] = [
    [4, 'record.merged', 'ld_a', { loser: 'ld_b' }], [6, 'lead.converted', 'ld_a'],
    [3, 'lead.converted', 'ld_c'], [4, 'record.merged', 'ld_c', { loser: 'ld_d' }],
  ];
  expect(['ld_a', 'ld_b', 'ld_c', 'ld_d'].map(read(happenings, 7))).toEqual([6 * DAY, 6 * DAY, 3 * DAY, undefined]);
});

test('who was merged with one of several merged records is one with all of them', () => {
  const down: Happening[] = [[3, 'record.merged', 'ld_b', { loser: 'ld_c' }], [4, 'record.merged', 'ld_a', { loser: 'ld_b' }], [6, 'lead.converted', 'ld_a']];
  expect(['ld_a', 'ld_b', 'ld_c'].map(read(down, 7))).toEqual([6 * DAY, 6 * DAY, 6 * DAY]);
  const both: Happening[] = [[3, 'record.merged', 'ld_a', { loser: 'ld_b' }], [4, 'record.merged', 'ld_a', { loser: 'ld_c' }], [6, 'lead.converted', 'ld_c']];
  expect(['ld_a', 'ld_b', 'ld_c'].map(read(both, 7))).toEqual([6 * DAY, 6 * DAY, 6 * DAY]);
  const again: Happening[] = [[3, 'lead.converted', 'ld_a'], [4, 'record.merged', 'ld_a', { loser: 'ld_b' }], [6, 'lead.converted', 'ld_a']];
  expect(['ld_a', 'ld_b'].map(read(again, 7))).toEqual([3 * DAY, 6 * DAY]);
});

test('of a record of which no sample is ripe the first is young', () => {
  const subjects = ['a', 'b', 'a', 'b', 'c', 'd', 'c'];
  const ripe = new Set([0, 5]);
  expect([...youngRows({ subjects, isRipe: (row) => ripe.has(row) })]).toEqual([1, 4]);
});
