import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../base/portable.ts';
import type { Dataset } from './dataset.ts';
import { fit } from './fit.ts';
import { monotoneLeaves } from './monotone.ts';
import { createScorer } from './predict.ts';

describe('monotoneLeaves', () => {
  const values = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 16, maxLength: 16 });
  const weights = fc.array(fc.constantFrom(0, 1, 3, 50), { minLength: 16, maxLength: 16 });
  const splits = [0, 1, 0, 2].map((feature, bin) => ({ feature, bin }));

  it('rise with every rising outcome, fall with every falling one, and stay where they are in order', () => {
    fc.assert(
      fc.property(values, weights, (given, weighed) => {
        const found = monotoneLeaves(splits, given, Float64Array.from(weighed), [1, -1, 0]);
        for (let leaf = 0; leaf < 16; leaf++) {
          for (const bit of [1, 4]) expect(found[leaf | bit]!).toBeGreaterThanOrEqual(found[leaf & ~bit]!);
          expect(found[leaf | 2]!).toBeLessThanOrEqual(found[leaf & ~2]!);
        }
        const all = new Float64Array(16).fill(1);
        const again = monotoneLeaves(splits, found, all, [1, -1, 0]);
        again.forEach((value, leaf) => expect(value).toBeCloseTo(found[leaf]!, 12));
        expect(monotoneLeaves(splits, given, all, [0, 0, 0])).toEqual(given);
      }),
    );
  });
});

describe('fit with signs', () => {
  const rows = 800;
  const source = random('monotone');
  const [a, b, c] = [0, 1, 2].map(() => Float64Array.from({ length: rows }, () => source.uniform())) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const labels = a.map((value, row) =>
    Number(source.uniform() < 0.5 + 0.4 * Math.sin(6 * value) * (c[row]! > 0.5 ? 1 : -0.5) - 0.2 * b[row]!),
  );
  const data: Dataset = {
    rows,
    columns: [a, b, c].map((values, i) => ({ kind: 'numeric' as const, name: 'abc'[i]!, values })),
  };
  const scorer = createScorer(fit(data, labels, { trees: 40, learningRate: 0.2, depth: 5, monotone: [1, -1, 0] }));

  it('never lets the score run against them', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(unit, unit, unit, unit, unit, (a1, a2, b1, b2, c1) => {
        const [low, high] = [Math.min(a1, a2), Math.max(a1, a2)];
        const [less, more] = [Math.min(b1, b2), Math.max(b1, b2)];
        expect(scorer.raw([high, less, c1])).toBeGreaterThanOrEqual(scorer.raw([low, more, c1]) - 1e-12);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses a sign too many, a sign that is none, and an ordered category', () => {
    expect(() => fit(data, labels, { monotone: [1] })).toThrow(/1 signs: there are 3 columns/);
    expect(() => fit(data, labels, { monotone: [1, 2, 0] })).toThrow(/sign 2/);
    const levels = ['x', 'y'];
    const codes = new Int32Array(rows);
    const table: Dataset = { rows, columns: [{ kind: 'categorical', name: 'c', levels, codes }] };
    expect(() => fit(table, labels, { monotone: [1] })).toThrow(/categories have no order/);
  });
});
