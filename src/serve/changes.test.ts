import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '../base/index.ts';
import type { Decision } from '../audit/index.ts';
import { createChanges } from './changes.ts';

const START = Date.UTC(2026, 2, 2, 9);

/** A list of these subjects, as its decisions. */
const listAt = (time: number, ...subjects: string[]): Decision[] =>
  subjects.map(
    (subject, at) =>
      ({ subject, time, bundle: null, raw: null, facts: { created: 0, lastTouch: null, lastEvent: 0 }, vector: [], columns: 'c', placement: { position: at + 1, priority: { total: 1, chance: 1, value: 1, factors: [] } } }) as unknown as Decision,
  );

test('a list is compared with one of an hour ago or more, and goes on being so while it is refreshed', () => {
  const changes = createChanges();
  const told = (time: number, ...subjects: string[]): unknown[] => [...changes.of('us_a', listAt(time, ...subjects), () => null)].map(([subject, { from }]) => [subject, from]);
  expect(told(START, 'a', 'b', 'c')).toEqual([]);
  expect(told(START + 30 * MINUTE, 'b', 'a', 'c')).toEqual([]);
  expect(told(START + HOUR, 'b', 'a', 'c')).toEqual([['b', 2], ['a', 1]]);
  expect(told(START + HOUR + MINUTE, 'b', 'a', 'd')).toEqual([['b', 2], ['a', 1], ['d', null]]);
  expect(told(START + 2 * HOUR, 'b', 'a', 'd')).toEqual([['d', null]]);
  expect(told(START + 4 * HOUR, 'b', 'a', 'd')).toEqual([]);
  expect([...changes.of('us_b', listAt(START, 'a'), () => null)]).toEqual([]);
  expect([...changes.of('us_b', [], () => null)]).toEqual([]);
});
