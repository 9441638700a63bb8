import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomId } from '../base/index.ts';
import { sampled } from './sampled.ts';

test('a larger share holds every smaller one; 1 is everybody', () => {
  const share = fc.double({ min: 0.000001, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.string(), share, share, (subject, one, other) => {
      expect(sampled(1)(subject)).toBe(true);
      if (sampled(Math.min(one, other))(subject)) expect(sampled(Math.max(one, other))(subject)).toBe(true);
    }),
  );
});

test('as many subjects are in it as the share says', () => {
  const subjects = Array.from({ length: 20_000 }, () => randomId('ld_'));
  const inside = subjects.filter(sampled(0.1)).length;
  expect(Math.abs(inside - 2_000)).toBeLessThan(6 * Math.sqrt(1_800));
});
