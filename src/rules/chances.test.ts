import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ASSUMED_CHANCES, chanceOf, parseChances, type Chances } from './chances.ts';
import { chancesOfHistory } from './compare/chances.ts';
import { DEFAULT_DEAL_RULES } from './default-deals.ts';
import { DEFAULT_RULES } from './default.ts';

const points = fc.double({ min: -200, max: 300, noNaN: true });

describe('the chance of points', () => {
  const all: Chances[] = [ASSUMED_CHANCES, DEFAULT_RULES.chances!, DEFAULT_DEAL_RULES.chances!, [[20, 0.3]]];

  test('does not fall as they rise, goes through what is declared and never past its ends', () => {
    for (const chances of all) {
      fc.assert(fc.property(points, points, (a, b) => {
        const [low, high] = [chanceOf(Math.min(a, b), chances), chanceOf(Math.max(a, b), chances)];
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(chances[0]![1]);
        expect(high).toBeLessThanOrEqual(chances.at(-1)![1]);
      }));
      for (const [at, share] of chances) expect(chanceOf(at, chances)).toBe(share);
    }
    expect(chanceOf(75, [[50, 0.1], [100, 0.3]])).toBeCloseTo(0.2);
  });

  test.each([
    ['nothing', null, 'is no list'],
    ['an empty list', [], 'is no list'],
    ['no pairs', [1], 'is no pair'],
    ['a share of none', [[0, 0]], 'is no pair'],
    ['a share of all', [[0, 1]], 'is no pair'],
    ['three numbers', [[0, 0.1, 0.2]], 'is no pair'],
    ['points that fall', [[10, 0.1], [5, 0.2]], 'does not follow'],
    ['shares that fall', [[0, 0.2], [5, 0.1]], 'does not follow'],
  ])('%s is refused', (_name, raw, why) => {
    expect(() => parseChances(raw)).toThrow(why);
  });
});

describe('chances of history', () => {
  const rows = fc.array(fc.record({ points: fc.integer({ min: -20, max: 120 }), label: fc.constantFrom(0, 1), weight: fc.constantFrom(1, 4) }), { minLength: 1, maxLength: 300, size: 'max' });

  test('can be declared as they are, whatever happened', () => {
    fc.assert(fc.property(rows, (all) => {
      const history = { points: Float64Array.from(all, (row) => row.points), labels: Float64Array.from(all, ({ label }) => label), weights: Float64Array.from(all, ({ weight }) => weight) };
      const chances = chancesOfHistory(history);
      expect(parseChances(chances)).toBe(chances);
    }));
  });

  test('follow the rate where it rises and are flat where it falls', () => {
    const all = Array.from({ length: 3_000 }, (_, at) => at % 100);
    const rated = (rate: (points: number) => number) => {
      const labels = Float64Array.from(all, (at, row) => Number(((row * 7_919) % 1_000) / 1_000 < rate(at)));
      return chancesOfHistory({ points: Float64Array.from(all), labels, weights: new Float64Array(all.length).fill(1) });
    };
    const rising = rated((at) => at / 200);
    for (const [at, share] of rising) expect(Math.abs(share - at / 200)).toBeLessThan(0.05);
    const falling = rated((at) => 0.5 - at / 200);
    for (const [, share] of falling) expect(Math.abs(share - 0.25)).toBeLessThan(0.03);
  });
});
