import { expect, test } from 'vitest';
import type { Decision } from '../audit/index.ts';
import type { Reason } from '../rank/index.ts';
import { reasonsOf, toldReasons } from './reasons.ts';

const reason = (theme: string, effect: number): Reason => ({ theme, effect, direction: effect > 0 ? 'for' : 'against', sentence: theme });
const SCORE = [reason('intent', 0.6), reason('fit', 0.4), reason('history', 0.1), reason('deal', -0.3), reason('timing', -0.1)];
const made = (level: string, score: readonly Reason[], place: readonly Reason[]): Decision => ({ level, reasons: score, placement: { reasons: place } }) as unknown as Decision;
const told = (...given: Parameters<typeof made>): string[] => toldReasons(made(...given)).map(({ theme }) => theme);

test('three for and two against are told, those of the place among them, the strongest first', () => {
  expect(told('L0', SCORE, [reason('value', 1.2), reason('urgency', -0.2)])).toEqual(['value', 'intent', 'fit', 'deal', 'urgency']);
  expect(told('L2', SCORE, [reason('value', 0.05), reason('urgency', 0.5)])).toEqual(['intent', 'urgency', 'fit', 'deal', 'timing']);
});

test('where rules answer, a reason of the place is not weighed against points: it keeps its room', () => {
  const points = [reason('intent', 30), reason('fit', 10), reason('history', 5), reason('deal', -20)];
  expect(told('L3', points, [reason('urgency', 0.69)])).toEqual(['intent', 'fit', 'urgency', 'deal']);
});

test('a reason that is not told can be disputed all the same', () => {
  expect(reasonsOf(made('L0', SCORE, [reason('value', 1.2)]))).toHaveLength(6);
});

test('a record that stands on no list has the reasons of its score', () => {
  expect(toldReasons({ level: 'L0', reasons: SCORE, placement: null })).toEqual(SCORE);
});

test('that a place was given is told first, beside the others, whatever answers', () => {
  const pinned: Reason = { theme: 'place', direction: 'for', sentence: 'pinned by your team', effect: 0 };
  expect(told('L0', SCORE, [pinned, reason('value', 1.2)])).toEqual(['place', 'value', 'intent', 'fit', 'deal', 'timing']);
  expect(told('L3', SCORE, [pinned])).toEqual(['place', 'intent', 'fit', 'history', 'deal', 'timing']);
});
