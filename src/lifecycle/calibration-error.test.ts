import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random } from '../base/index.ts';
import { calibrationError, debiasedCalibrationError, type Bin } from './calibration-error.ts';

/** Ten bins of outcomes drawn with the probability that was said, moved by `off`. */
function drawn(rows: number, off: number, seed: number): Bin[] {
  const source = random(seed);
  return Array.from({ length: 10 }, (_, i) => {
    const predicted = 0.1 + 0.07 * i;
    const hits = Array.from({ length: rows }, () => Number(source.uniform() < predicted + off));
    return { rows, predicted, observed: { value: hits.reduce((sum, hit) => sum + hit, 0) / rows } };
  });
}

const bins = fc.array(
  fc.record({
    rows: fc.integer({ min: 1, max: 500 }),
    predicted: fc.double({ min: 0, max: 1, noNaN: true }),
    observed: fc.record({ value: fc.double({ min: 0, max: 1, noNaN: true }) }),
  }),
  { minLength: 1, maxLength: 10 },
);
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('the plain error lies between 0 and the greatest distance, and the interval holds the debiased one', () => {
  fc.assert(
    fc.property(bins, (given) => {
      const distances = given.map(({ predicted, observed }) => Math.abs(predicted - observed.value));
      expect(calibrationError(given)).toBeGreaterThanOrEqual(Math.min(...distances) - 1e-12);
      expect(calibrationError(given)).toBeLessThanOrEqual(Math.max(...distances) + 1e-12);
      const { value, low, high } = debiasedCalibrationError(given);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(value).toBeGreaterThanOrEqual(low);
      expect(high).toBeGreaterThanOrEqual(value);
    }),
    { numRuns: 30 },
  );
});

describe('the debiased error', () => {
  const seeds = Array.from({ length: 60 }, (_, seed) => seed);
  test('is far below the plain one where only chance errs', () => {
    const given = seeds.map((seed) => drawn(100, 0, seed));
    expect(mean(given.map(calibrationError))).toBeGreaterThan(0.03);
    expect(mean(given.map((one) => debiasedCalibrationError(one).value))).toBeLessThan(0.02);
  });
  test('finds the true distance, and its interval holds it about nineteen times in twenty', () => {
    const found = seeds.map((seed) => debiasedCalibrationError(drawn(400, 0.05, seed), seed));
    expect(mean(found.map(({ value }) => value))).toBeCloseTo(0.05, 2);
    const held = found.filter(({ low, high }) => low <= 0.05 && high >= 0.05);
    expect(held.length).toBeGreaterThanOrEqual(52);
  });
  test('is the same again for the same seed', () => {
    expect(debiasedCalibrationError(drawn(50, 0.1, 1), 3)).toEqual(debiasedCalibrationError(drawn(50, 0.1, 1), 3));
  });
});
