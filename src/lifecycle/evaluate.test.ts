import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random } from '../base/index.ts';
import { auc } from './auc.ts';
import { averagePrecision, evaluate, wilson } from './evaluate.ts';

const judged = fc
  .array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.boolean()), { minLength: 2, maxLength: 60 })
  .filter((pairs) => pairs.some(([, hit]) => hit) && pairs.some(([, hit]) => !hit))
  .map((pairs) => ({
    scores: Float64Array.from(pairs, ([score]) => score),
    labels: Float64Array.from(pairs, ([, hit]) => Number(hit)),
  }));

describe('AUC', () => {
  test('is the share of pairs in the right order', () => {
    fc.assert(
      fc.property(judged, ({ scores, labels }) => {
        let right = 0;
        let pairs = 0;
        scores.forEach((score, i) =>
          scores.forEach((other, j) => {
            if (labels[i] !== 1 || labels[j] !== 0) return;
            pairs++;
            right += score > other ? 1 : score === other ? 0.5 : 0;
          }),
        );
        const { value, low, high } = auc(scores, labels);
        expect(value).toBeCloseTo(right / pairs, 12);
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
      }),
    );
  });

  test('its interval covers the truth about 95 times in 100', () => {
    const source = random(7);
    let covered = 0;
    for (let trial = 0; trial < 300; trial++) {
      const labels = Float64Array.from({ length: 200 }, (_, i) => Number(i < 60));
      const scores = labels.map((label) => source.normal() + label); // the true AUC is Φ(1/√2) = 0.7602
      const { low, high } = auc(scores, labels);
      if (low <= 0.7602 && high >= 0.7602) covered++;
    }
    expect(covered / 300).toBeGreaterThan(0.91);
    expect(covered / 300).toBeLessThan(0.99);
  });

  test('one outcome alone has none', () => {
    expect(auc(Float64Array.of(1, 2), Float64Array.of(1, 1)).value).toBeNaN();
  });
});

describe('the other figures', () => {
  test('do not change when the rows are shuffled, and lift adds up', () => {
    fc.assert(
      fc.property(judged, fc.integer(), ({ scores, labels }, seed) => {
        const order = random(seed);
        const keys = Array.from(scores, () => order.uniform());
        const permutation = [...keys.keys()].toSorted((a, b) => keys[a]! - keys[b]!);
        const distinct = scores.map((score, i) => score + i * 1e-6); // equal scores have no order of their own
        const pick = (values: Float64Array): Float64Array => Float64Array.from(permutation, (i) => values[i]!);
        const probability = distinct.map((score) => 1 / (1 + 2 ** -score));
        const one = evaluate(distinct, probability, labels, 0.4);
        const other = evaluate(pick(distinct), pick(probability), pick(labels), 0.4);
        expect(other.averagePrecision).toBeCloseTo(one.averagePrecision, 12);
        expect(other.logLoss).toBeCloseTo(one.logLoss, 12);
        expect(other.lift).toEqual(one.lift);
        expect(one.lift.reduce((sum, bin) => sum + bin.positives, 0)).toBe(one.positives);
        expect(one.lift.at(-1)!.captured).toBeCloseTo(1, 12);
        expect(one.calibration.reduce((sum, bin) => sum + bin.rows, 0)).toBe(one.rows);
      }),
    );
  });

  test('average precision by hand', () => {
    expect(averagePrecision(Float64Array.of(4, 3, 2, 1), Float64Array.of(1, 0, 1, 0))).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(averagePrecision(Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 0, 0, 0))).toBe(0.25);
  });

  test('Wilson by hand: 5 of 10', () => {
    const { value, low, high } = wilson(5, 10);
    expect([value, low, high].map((share) => share.toFixed(4))).toEqual(['0.5000', '0.2366', '0.7634']);
  });

  test('calibration error is the distance between said and seen', () => {
    const labels = Float64Array.from({ length: 1_000 }, (_, i) => Number(i % 4 === 0));
    const said = new Float64Array(1_000).fill(0.4);
    expect(evaluate(said, said, labels, 0.25).calibrationError).toBeCloseTo(0.15, 10);
  });
});
