import { expect, test } from 'vitest';
import type { Decision } from '../audit/index.ts';
import { DAY, HOUR } from '../base/index.ts';
import { presentItem, presentLevel, presentTrend } from './present.ts';

const NOW = Date.UTC(2026, 2, 2);
const TREND = [{ time: NOW - 8 * DAY, score: 40 }, { time: NOW, score: 55 }];
const made = (level: string): Decision =>
  ({ subject: 'ld_a', level, time: NOW, last: null, facts: { lastEvent: NOW }, reasons: [], action: {}, placement: null, bundle: 'b', fault: null }) as unknown as Decision;

test('a model’s scores so far stand beside a model’s score', () => {
  expect(presentTrend(made('L0'), TREND).map(({ score }) => score)).toEqual([40, 55]);
  expect(presentItem(made('L0'), '00Q', TREND).week).toMatchObject({ points: 15 });
});

test('and not beside points, whether an experiment, a fault or design has the rules answer', () => {
  const control = { ...made('L3'), arm: 'control' } as Decision;
  for (const decision of [made('L3'), control]) {
    expect(presentTrend(decision, TREND)).toEqual([]);
    expect(presentItem(decision, '00Q', TREND).week).toBeNull();
  }
});

test('a list is as bad as its worst answer, and of last scores as old as the oldest, which says why', () => {
  const last = (hours: number): Decision => ({ ...made('L2'), last: { time: NOW - hours * HOUR }, levelReason: `${hours} h` }) as unknown as Decision;
  const given = [made('L0'), last(2), last(5), last(3)];
  expect(presentLevel(given, NOW)).toEqual({ level: 'L2', levelReason: '5 h', scoredAt: new Date(NOW - 5 * HOUR).toISOString() });
});
