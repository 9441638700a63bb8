import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random } from '../base/index.ts';
import { holm, upperTail } from './holm.ts';

test.each([[0, 0.5], [1.281551566, 0.1], [1.959963985, 0.025], [2.575829304, 0.005], [-1.644853627, 0.95], [Infinity, 0], [-Infinity, 1], [NaN, 1]])('beyond %f lies %f', (z, share) => {
  expect(upperTail(z)).toBeCloseTo(share, 6);
});

describe('several hypotheses', () => {
  const some = fc.array(fc.double({ min: -5, max: 6, noNaN: true }), { minLength: 1, maxLength: 8 });

  test('fall from the clearest on; each that falls alone at its part of the level does', () => {
    fc.assert(fc.property(some, (z) => {
      const fallen = holm(z, 0.025);
      const least = Math.min(...z.filter((_, at) => fallen[at]));
      z.forEach((one, at) => {
        if (one > least) expect(fallen[at]).toBe(true);
        if (upperTail(one) <= 0.025 / z.length) expect(fallen[at]).toBe(true);
        if (upperTail(one) > 0.025) expect(fallen[at]).toBe(false);
      });
    }));
  });

  test('true ones fall no more often than the level says, however many there are', () => {
    const draw = random(3);
    for (const many of [1, 4, 7]) {
      let wrong = 0;
      for (let again = 0; again < 20_000; again++) wrong += Number(holm(Array.from({ length: many }, () => draw.normal()), 0.025).includes(true));
      expect(wrong / 20_000).toBeLessThan(0.025 + 4 * Math.sqrt((0.025 * 0.975) / 20_000));
    }
  });

  test('of what is not known nothing falls', () => {
    expect(holm([NaN, 5], 0.025)).toEqual([false, true]);
    expect(holm([], 0.025)).toEqual([]);
  });
});
