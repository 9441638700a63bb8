import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../base/index.ts';
import { gradeOf, steadyGrade } from './grade.ts';
import { againstLastWeek, extendTrend, type TrendPoint } from './last.ts';
import { portable } from './portable.ts';
import { reasonsOf, type Effect } from './reasons.ts';
import { span } from './words.ts';

const now = Date.UTC(2026, 2, 2, 9);

describe('reasons', () => {
  const effects = fc.array(
    fc.record({
      feature: fc.constant('one'),
      theme: fc.constantFrom('fit', 'intent', 'engagement', 'history'),
      effect: fc.double({ min: -2, max: 2, noNaN: true }),
      sentence: fc.constantFrom('one', 'two', 'three', 'four').map((text) => () => text),
    }),
  );

  test('at most three for and two against, strongest first, no sentence twice, none tiny', () => {
    fc.assert(
      fc.property(effects, (list) => {
        const { reasons, rest } = reasonsOf(list);
        expect(reasons.reduce((sum, { effect }) => sum + effect, rest)).toBeCloseTo(list.reduce((sum, { effect }) => sum + effect, 0), 9);
        const [pros, cons] = [
          reasons.filter((it) => it.direction === 'for'),
          reasons.filter((it) => it.direction === 'against'),
        ];
        expect(pros.length).toBeLessThanOrEqual(3);
        expect(cons.length).toBeLessThanOrEqual(2);
        expect(reasons).toEqual([...pros, ...cons]);
        expect(pros.map(({ effect }) => effect)).toEqual(pros.map(({ effect }) => effect).toSorted((a, b) => b - a));
        expect(cons.map(({ effect }) => effect)).toEqual(cons.map(({ effect }) => effect).toSorted((a, b) => a - b));
        expect(new Set(reasons.map(({ sentence }) => sentence)).size).toBe(reasons.length);
        for (const { effect, direction } of reasons)
          expect(direction === 'for' ? effect : -effect).toBeGreaterThanOrEqual(0.05);
      }),
    );
  });

  test('a theme is the sum of its parts, said by the strongest of the same sign', () => {
    const said = (text: string, theme: string, effect: number): Effect => ({ feature: text, theme, effect, sentence: () => text });
    const list = [
      said('a', 'intent', 0.3),
      said('b', 'intent', 0.4),
      said('c', 'intent', -0.6),
      said('d', 'fit', -0.2),
      said('e', 'fit', 0.1),
    ];
    expect(reasonsOf(list).reasons).toEqual([
      { theme: 'intent', direction: 'for', sentence: 'b', effect: expect.closeTo(0.1, 12) },
      { theme: 'fit', direction: 'against', sentence: 'd', effect: expect.closeTo(-0.1, 12) },
    ]);
  });
});

describe('grades', () => {
  test.each([
    [100, 'A'],
    [80, 'A'],
    [79, 'B'],
    [50, 'B'],
    [49, 'C'],
    [20, 'C'],
    [19, 'D'],
    [0, 'D'],
  ])('%i is %s', (score, grade) => {
    expect(gradeOf(score)).toBe(grade);
  });

  test('by other bounds', () => {
    const spec = { by: null, A: 95, B: 90, C: 10, margin: 1 };
    expect([96, 94, 50, 9].map((score) => gradeOf(score, spec))).toEqual(['A', 'B', 'C', 'D']);
    expect([steadyGrade(94, 'A', spec), steadyGrade(93, 'A', spec)]).toEqual(['A', 'B']);
  });

  test('a step of up to two points around a bound changes nothing, one of six does', () => {
    expect([steadyGrade(79, 'A'), steadyGrade(81, 'B'), steadyGrade(48, 'B')]).toEqual(['A', 'B', 'B']);
    expect([steadyGrade(76, 'A'), steadyGrade(83, 'B'), steadyGrade(10, 'A')]).toEqual(['B', 'A', 'D']);
  });

  test('is never further than three points from what the score says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.constantFrom('A', 'B', 'C', 'D', null), (score, last) => {
        expect([gradeOf(score - 3), gradeOf(score), gradeOf(score + 3)]).toContain(steadyGrade(score, last));
      }),
    );
  });
});

describe('a trend', () => {
  test('ends with the last score, in order, and spans days however often it is extended', () => {
    const steps = fc.array(
      fc.record({ gap: fc.integer({ min: 1, max: 12 * HOUR }), score: fc.integer({ min: 0, max: 100 }) }),
      { minLength: 1, maxLength: 120 },
    );
    fc.assert(
      fc.property(steps, (list) => {
        let [time, trend] = [now, [] as TrendPoint[]];
        for (const { gap, score } of list) trend = extendTrend(trend, { time: (time += gap), score });
        expect(trend.at(-1)).toEqual({ time, score: list.at(-1)!.score });
        expect(trend.length).toBeLessThanOrEqual(24);
        expect(trend.map((it) => it.time)).toEqual(trend.map((it) => it.time).toSorted((a, b) => a - b));
        if (trend.length === 24) expect(trend.at(-2)!.time - trend[0]!.time).toBeGreaterThanOrEqual(22 * 8 * HOUR);
      }),
    );
  });

  test('is told against last week, or as far back as it goes', () => {
    const at = (days: number, score: number): TrendPoint => ({ time: now - days * DAY, score });
    expect(againstLastWeek([at(12, 10), at(8, 20), at(6, 30), at(0, 50)])).toEqual({ points: 30, since: now - 8 * DAY });
    expect(againstLastWeek([at(6, 60), at(4, 30), at(0, 50)])).toEqual({ points: -10, since: now - 6 * DAY });
    expect(againstLastWeek([at(2, 60), at(0, 50)])).toBeNull();
    expect(againstLastWeek([])).toBeNull();
  });

  test('takes no older point', () => {
    expect(extendTrend([{ time: now, score: 1 }], { time: now - 1, score: 2 })).toEqual([{ time: now, score: 1 }]);
  });
});

test('a portable vector survives JSON to the bit', () => {
  const value = fc.oneof(fc.double(), fc.string(), fc.constant(null));
  fc.assert(
    fc.property(fc.array(value), (vector) => {
      const once = portable(vector);
      expect(JSON.parse(JSON.stringify(once))).toStrictEqual(once);
      expect(portable(once)).toStrictEqual(once);
      vector.forEach((it, at) => {
        if (typeof it === 'number' && it === it) expect(Math.fround(once[at] as number) + 0).toBe(Math.fround(it) + 0);
        else expect(once[at]).toBe(typeof it === 'number' ? null : it);
      });
    }),
  );
});

test.each([
  [30_000, 'a moment'],
  [MINUTE, '1 minute'],
  [90 * MINUTE, '1 hour'],
  [47 * HOUR, '47 hours'],
  [48 * HOUR, '2 days'],
])('%i ms is %s', (ms, text) => {
  expect(span(ms)).toBe(text);
});
