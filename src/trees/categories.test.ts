import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalCategories, permutation, targetStatistics, type Categories } from './categories.ts';

const coded = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.constantFrom(0, 1)), {
  minLength: 1,
  maxLength: 40,
});
const categoriesOf = (codes: number[]): Categories => ({
  levels: ['a', 'b', 'c', 'd'],
  codes: Int32Array.from(codes),
  hasMissing: true,
});

function statisticsOf(codes: number[], labels: number[]): ReturnType<typeof targetStatistics> {
  const weights = new Float64Array(codes.length).fill(1);
  return targetStatistics(categoriesOf(codes), {
    labels: Float64Array.from(labels),
    weights,
    prior: 0.25,
    strength: 2,
    seed: 's',
  });
}

describe('targetStatistics', () => {
  it('shows a training row nothing of its own label', () => {
    fc.assert(
      fc.property(coded, fc.nat(), (rows, pick) => {
        const row = pick % rows.length;
        const codes = rows.map(([code]) => code);
        const labels = rows.map(([, label]) => label);
        const other = labels.map((label, i) => (i === row ? 1 - label : label));
        expect(statisticsOf(codes, other).training[row]).toBe(statisticsOf(codes, labels).training[row]);
      }),
    );
  });

  it('serves the smoothed rate over all rows, and the prior where there were none', () => {
    fc.assert(
      fc.property(coded, (rows) => {
        const { serving } = statisticsOf(
          rows.map(([code]) => code),
          rows.map(([, label]) => label),
        );
        serving.forEach((rate, code) => {
          const own = rows.filter(([given]) => given === code);
          const positives = own.filter(([, label]) => label === 1).length;
          expect(rate).toBeCloseTo((positives + 0.5) / (own.length + 2), 12);
        });
      }),
    );
  });
});

describe('canonicalCategories', () => {
  it('keeps each row its level whatever the order of the levels, and drops the unused', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('x', 'y', 'z', null)),
        fc.shuffledSubarray(['x', 'y', 'z', 'w'], { minLength: 4 }),
        (given, levels) => {
          const codes = Int32Array.from(given, (level) => (level === null ? -1 : levels.indexOf(level)));
          const found = canonicalCategories({ kind: 'categorical', name: 'c', levels, codes });
          expect(Array.from(found.codes, (code) => found.levels[code] ?? null)).toEqual(given);
          expect(found.levels).toEqual([...new Set(given)].filter((level) => level !== null).toSorted());
          expect(found.hasMissing).toBe(given.includes(null));
        },
      ),
    );
  });
});

describe('permutation', () => {
  it('holds every number once, fixed by the seed', () => {
    fc.assert(
      fc.property(fc.nat({ max: 50 }), fc.string(), (n, seed) => {
        expect(permutation(n, seed).toSorted()).toEqual(Uint32Array.from({ length: n }, (_, i) => i));
        expect(permutation(n, seed)).toEqual(permutation(n, seed));
      }),
    );
  });
});
