import { expect, it } from 'vitest';
import { DAY } from '../../base/index.ts';
import type { LoggedEvent } from '../../events/index.ts';
import { byBucket } from '../replay/source.ts';
import { readOutcomes, type Outcomes } from './outcomes.ts';

type Happening = readonly [time: number, knownAt: number, type: string, subject: string, data?: object];

const read = (happenings: readonly Happening[], from = 0): Outcomes =>
  readOutcomes({
    folder: null,
    segments: [],
    tail: byBucket(happenings.map(([time, knownAt, type, subject, data = {}], offset) => (
      { event: { id: `e${offset}`, source: 'test', type, version: 1, subject, time: time * DAY, knownAt: knownAt * DAY, received: knownAt * DAY, offset, data } as unknown as LoggedEvent, repeat: false }))),
  }, { target: 'lead', from });

it('an outcome counts from when it became known, the first of several', () => {
  const outcomes = read([[2, 9, 'lead.converted', 'ld_a'], [4, 5, 'lead.converted', 'ld_b'], [4, 7, 'lead.converted', 'ld_b'], [1, 1, 'opportunity.won', 'op_a']]);
  expect(['ld_a', 'ld_b', 'op_a'].map((subject) => outcomes.convertedAt(subject))).toEqual([9 * DAY, 5 * DAY, undefined]);
});

it('what was known before the first recommendation does not count', () => {
  const happenings: Happening[] = [[1, 1, 'lead.converted', 'ld_a'], [2, 2, 'lead.converted', 'ld_b']];
  expect(read(happenings, 1).convertedAt('ld_a')).toBeUndefined();
  expect(read(happenings, 1).convertedAt('ld_b')).toBe(2 * DAY);
});

it('what a rep did counts within a day of it; what marketing sent and what came in does not', () => {
  const outcomes = read([
    [2, 3, 'call.logged', 'ld_a', { outcome: 'connected' }],
    [2, 2, 'email.sent', 'ld_b', { purpose: 'marketing' }],
    [2, 2, 'call.logged', 'ld_c', { direction: 'inbound', outcome: 'connected' }],
  ]);
  expect(outcomes.wasDone('call', 'ld_a', 1.5 * DAY)).toBe(true);
  expect([0.5, 2].map((day) => outcomes.wasDone('call', 'ld_a', day * DAY))).toEqual([false, false]);
  expect(['ld_b', 'ld_c'].map((subject) => outcomes.wasDone('wait', subject, 1.5 * DAY))).toEqual([true, true]);
  expect(outcomes.wasDone('wait', 'ld_a', 1.5 * DAY)).toBe(false);
});
