import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random } from '../base/index.ts';
import { binomialTest } from './binomial.ts';
import { bootstrapInterval, bySubject, clusteredMean, meanInterval, normalInterval } from './interval.ts';
import { shrinkTo } from './shrink.ts';
import { objection, verdict, type Evaluation } from './verdict.ts';

describe('intervals', () => {
  const terms = (seed: number, count: number): Float64Array => Float64Array.from({ length: count }, ((draw) => () => draw.normal())(random(seed)));

  test('the normal one and the bootstrap agree where decisions are independent', () => {
    const of = terms(1, 2_000);
    const subject = Int32Array.from(of.keys());
    const [normal, bootstrap] = [normalInterval(of), bootstrapInterval(bySubject(of, subject))];
    expect(meanInterval(of, subject)).toEqual(normal);
    expect(bootstrap.value).toBeCloseTo(normal.value, 12);
    expect(Math.abs((bootstrap.high - bootstrap.low) / (normal.high - normal.low) - 1)).toBeLessThan(0.07);
  });

  test('the clustered error is that of the normal interval where subjects are single, and that of one where they repeat themselves', () => {
    const of = terms(7, 300);
    const { low, high } = normalInterval(of);
    const single = clusteredMean(of, Int32Array.from(of.keys()));
    expect(single.error).toBeCloseTo((high - low) / 2 / 1.959963984540054, 12);
    const thrice = Float64Array.from({ length: 900 }, (_, row) => of[Math.floor(row / 3)]!);
    const repeated = clusteredMean(thrice, Int32Array.from(thrice, (_, row) => Math.floor(row / 3)));
    expect(repeated.value).toBeCloseTo(single.value, 12);
    expect(repeated.error).toBeCloseTo(single.error, 12);
    expect(clusteredMean(of, new Int32Array(300)).error).toBe(Infinity);
  });

  test('four equal decisions of each subject tell no more than one', () => {
    const once = terms(2, 500);
    const four = Float64Array.from({ length: 2_000 }, (_, row) => once[row >> 2]!);
    const found = meanInterval(four, Int32Array.from(four, (_, row) => row >> 2));
    const plain = normalInterval(once);
    expect(found.by).toBe('bootstrap');
    expect((found.high - found.low) / (plain.high - plain.low)).toBeGreaterThan(0.9);
    expect(normalInterval(four).high - normalInterval(four).low).toBeLessThan(0.55 * (found.high - found.low));
  });

  test('is seeded, and endless where one subject is all', () => {
    const of = terms(3, 40);
    const subject = Int32Array.from(of, (_, row) => row >> 1);
    expect(meanInterval(of, subject, { seed: 5 })).toEqual(meanInterval(of, subject, { seed: 5 }));
    expect(meanInterval(of, subject, { seed: 6 })).not.toEqual(meanInterval(of, subject, { seed: 5 }));
    expect(meanInterval(of, new Int32Array(40))).toMatchObject({ low: -Infinity, high: Infinity });
  });
});

describe('empirical Bayes', () => {
  test('each estimate moves to the prior and never past it; the noisier, the further', () => {
    const noisy = fc.record({ value: fc.double({ min: -1, max: 1, noNaN: true }), error: fc.double({ min: 0.01, max: 2, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(noisy, { minLength: 1, maxLength: 8 }), fc.double({ min: -0.5, max: 0.5, noNaN: true }), (estimates, prior) => {
        const shrunk = shrinkTo(prior, estimates, { spread: 0.01 });
        shrunk.forEach(({ value, weight }, at) => {
          expect(weight).toBeGreaterThan(0);
          expect(weight).toBeLessThanOrEqual(1);
          expect(Math.abs(value - prior)).toBeLessThanOrEqual(Math.abs(estimates[at]!.value - prior) + 1e-12);
        });
        const byError = estimates.map((one, at) => ({ ...one, ...shrunk[at]! })).toSorted((a, b) => a.error - b.error);
        for (let at = 1; at < byError.length; at++) expect(byError[at]!.weight).toBeLessThanOrEqual(byError[at - 1]!.weight + 1e-12);
      }),
    );
  });

  test('estimates within their errors are the prior, those far beyond stay', () => {
    expect(shrinkTo(0, [{ value: 0.01, error: 0.02 }, { value: -0.02, error: 0.02 }]).map(({ value }) => value + 0)).toEqual([0, 0]);
    expect(shrinkTo(0, [{ value: 0.5, error: 0.01 }])[0]!.value).toBeGreaterThan(0.499);
    expect(shrinkTo(-0.1, [{ value: 3, error: Infinity }])).toEqual([{ value: -0.1, weight: 0 }]);
  });
});

test.each([
  [380, 400, 0.95, 1],
  [390, 400, 0.95, 0.0208356],
  [370, 400, 0.95, 0.0284324],
  [7, 10, 0.5, 0.34375],
])('%i of %i at %f has the p-value of the exact test', (successes, trials, p, value) => {
  expect(binomialTest(successes, trials, p)).toBeCloseTo(value, 3);
});

describe('the verdict', () => {
  const found: Evaluation = { estimator: 'dr', interval: 'normal', decisions: 9_000, effective: 4_210.2, present: 0.1, gain: 0.0031, low: 0.0004, high: 0.0058, clipped: 0, largest: 9, unsupported: 0 };
  test('is in plain words', () => {
    expect(verdict(found)).toBe('would convert 3.1 % more, interval 0.4 to 5.8, n_eff 4,210: clears');
    expect(verdict({ ...found, gain: -0.002, low: -0.004 })).toBe('would convert 2.0 % less, interval -4.0 to 5.8, n_eff 4,210: does not clear: the interval does not clear the present policy');
    expect(verdict({ ...found, gain: -1e-18, low: -1e-18, high: -1e-18 })).toBe('would convert 0.0 % more, interval 0.0 to 0.0, n_eff 4,210: does not clear: it does what the present policy does');
    expect(verdict({ ...found, present: 0 })).toContain('would convert 0.0031 more');
    expect(verdict({ ...found, presentUnsupported: 0.2 })).toMatch(/does not clear: the present policy would do what was never shown$/u);
  });
  test('objects to what is not a number', () => {
    expect(objection({ ...found, low: NaN })).not.toBeNull();
    expect(objection({ ...found, effective: NaN })).not.toBeNull();
    expect(objection({ ...found, unsupported: NaN })).not.toBeNull();
    expect(objection({ ...found, presentUnsupported: NaN })).not.toBeNull();
  });
});
