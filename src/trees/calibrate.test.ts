import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate } from './calibrate.ts';
import { fitIsotonic } from './isotonic.ts';

const scored = fc.array(
  fc.record({
    raw: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
    label: fc.constantFrom(0, 1),
    weight: fc.constantFrom(0.001, 1, 2, 50),
  }),
  { minLength: 1, maxLength: 60, size: 'max' },
);
const columns = (
  rows: { raw: number; label: number; weight: number }[],
): [Float64Array, Float64Array, Float64Array] => [
  Float64Array.from(rows, (row) => row.raw),
  Float64Array.from(rows, (row) => row.label),
  Float64Array.from(rows, (row) => row.weight),
];

describe('fitIsotonic and calibrate', () => {
  it('never descend, and stay inside (0, 1)', () => {
    const score = fc.oneof(fc.double({ noNaN: true }), fc.double({ min: -4, max: 4, noNaN: true }));
    fc.assert(
      fc.property(scored, fc.array(score, { maxLength: 20, size: 'max' }), (rows, scores) => {
        const calibration = fitIsotonic(...columns(rows));
        const given = [...scores, ...rows.map((row) => row.raw), ...calibration.x].toSorted((a, b) => a - b);
        const probabilities = given.map((raw) => calibrate(calibration, raw));
        probabilities.forEach((p, i) => {
          expect(p).toBeGreaterThan(0);
          expect(p).toBeLessThan(1);
          if (i > 0) expect(p).toBeGreaterThanOrEqual(probabilities[i - 1]!);
        });
      }),
    );
  });

  it('has knots in strictly ascending order, for scores one ulp apart too', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.constantFrom(0, 1)), { minLength: 1 }),
        (rows) => {
          const raw = Float64Array.from(rows, ([ulps]) => 0.1 + ulps * 2 ** -56);
          const { x, y } = fitIsotonic(
            raw,
            Float64Array.from(rows, ([, label]) => label),
          );
          for (let i = 1; i < x.length; i++) {
            expect(x[i]!).toBeGreaterThan(x[i - 1]!);
            expect(y[i]!).toBeGreaterThan(y[i - 1]!);
          }
        },
      ),
    );
  });

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(0, 1)), { minLength: 1 }),
        (rows) => {
          const fitted = (given: readonly (readonly [number, number])[]): unknown =>
            fitIsotonic(
              Float64Array.from(given, ([raw]) => raw),
              Float64Array.from(given, ([, label]) => label),
            );
          expect(fitted(rows.toReversed())).toEqual(fitted(rows));
        },
      ),
    );
  });

  it('is the least-squares monotone fit, but for half a row at each end', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 40, size: 'max' }), (labels) => {
        const raw = Float64Array.from(labels, (_, i) => i);
        const { x, y } = fitIsotonic(raw, Float64Array.from(labels));
        const positives = labels.map((label, i) => label + (i === 0 ? 0.5 : 0));
        const weights = labels.map((_, i) => 1 + (i === 0 ? 0.5 : 0) + (i === labels.length - 1 ? 0.5 : 0));
        const fitted = maxMin(positives, weights);
        expect(y.length).toBe(new Set(fitted.map((value) => value.toFixed(9))).size);
        x.forEach((centre, k) => expect(y[k]).toBeCloseTo(fitted[Math.round(centre)]!, 9));
      }),
    );
  });

  it('does not change when all weights are scaled by a power of two', () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const [raw, labels, weights] = columns(rows);
        expect(
          fitIsotonic(
            raw,
            labels,
            weights.map((weight) => weight * 1024),
          ),
        ).toEqual(fitIsotonic(raw, labels, weights));
      }),
    );
  });

  it('refuses no rows and scores that are not finite', () => {
    expect(() => fitIsotonic(new Float64Array(0), new Float64Array(0))).toThrow(/no rows/);
    expect(() => fitIsotonic(Float64Array.of(NaN), Float64Array.of(1))).toThrow(/finite/);
  });
});

/** The textbook's max-min formula of isotonic regression: quadratic and plain. */
function maxMin(positives: readonly number[], weights: readonly number[]): number[] {
  const mean = (from: number, to: number): number => {
    const sum = (values: readonly number[]): number =>
      values.slice(from, to + 1).reduce((total, value) => total + value, 0);
    return sum(positives) / sum(weights);
  };
  return positives.map((_, i) => {
    let best = -Infinity;
    for (let from = 0; from <= i; from++) {
      let least = Infinity;
      for (let to = i; to < positives.length; to++) least = Math.min(least, mean(from, to));
      best = Math.max(best, least);
    }
    return best;
  });
}
