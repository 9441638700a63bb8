import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byTheme, topInputs } from './reasons.ts';

const contributions = fc
  .array(fc.oneof(fc.double({ min: -3, max: 3, noNaN: true }), fc.constantFrom(0, 1, -1)), { maxLength: 12 })
  .map((effects) => Float64Array.from([...effects, 0.5]));

it('the top inputs are the first of all inputs sorted by size, without those of no effect', () => {
  fc.assert(
    fc.property(contributions, fc.nat({ max: 14 }), (given, most) => {
      const all = [...given.subarray(0, -1)].map((effect, of) => ({ of, effect }));
      const sorted = all
        .filter(({ effect }) => effect !== 0)
        .toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect) || a.of - b.of);
      expect(topInputs(given, most)).toEqual(sorted.slice(0, most));
    }),
  );
});

it('the shares of themes add up to what the contributions add up to', () => {
  fc.assert(
    fc.property(contributions, (given) => {
      const themes = [...given.subarray(0, -1)].map((_, input) => `theme ${input % 3}`);
      const shares = byTheme(given, themes);
      expect(new Set(shares.map((share) => share.of))).toEqual(new Set(themes));
      const sum = (values: Iterable<number>): number => [...values].reduce((total, one) => total + one, 0);
      expect(sum(shares.map((share) => share.effect))).toBeCloseTo(sum(given.subarray(0, -1)), 12);
    }),
  );
});
