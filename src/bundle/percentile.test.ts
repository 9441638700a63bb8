import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentileScore, percentilesOf } from './percentile.ts';

const raws = fc
  .array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 50 })
  .map((values) => Float64Array.from(values));

describe('percentileScore', () => {
  it('is the mid-rank of the definition', () => {
    fc.assert(
      fc.property(raws, fc.integer({ min: -6, max: 6 }), (raw, value) => {
        const below = raw.filter((other) => other < value).length;
        const equal = raw.filter((other) => other === value).length;
        expect(percentileScore(percentilesOf(raw), value)).toBe(Math.round((50 * (2 * below + equal)) / raw.length));
      }),
    );
  });

  it('never falls as raw rises, from 0 to 100', () => {
    fc.assert(
      fc.property(raws, fc.double({ noNaN: true }), fc.double({ noNaN: true }), (raw, a, b) => {
        const percentiles = percentilesOf(raw);
        expect(percentileScore(percentiles, Math.min(a, b))).toBeLessThanOrEqual(
          percentileScore(percentiles, Math.max(a, b)),
        );
      }),
    );
    expect(percentileScore(Float64Array.of(1, 2), 0)).toBe(0);
    expect(percentileScore(Float64Array.of(1, 2), 3)).toBe(100);
  });

  it('is NaN where there is nothing to compare with', () => {
    expect(percentileScore(new Float64Array(0), 1)).toBeNaN();
  });
});

describe('percentilesOf', () => {
  it('keeps a thousandth and the ends of many scores', () => {
    const raw = Float64Array.from({ length: 50_000 }, (_, i) => 49_999 - i);
    const percentiles = percentilesOf(raw);
    expect([percentiles.length, percentiles[0], percentiles.at(-1)]).toEqual([1001, 0, 49_999]);
    expect(percentileScore(percentiles, 12_500)).toBe(25);
  });
});
