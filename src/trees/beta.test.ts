import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logit, random, sigmoid } from '../base/portable.ts';
import { fitBeta } from './beta.ts';
import { calibrate, type Calibration } from './calibrate.ts';
import { fitCalibration } from './choose-calibration.ts';
import { fitIsotonic } from './isotonic.ts';

const scored = fc
  .array(
    fc.tuple(
      fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
      fc.constantFrom(0, 1),
      fc.constantFrom(0.001, 1, 50),
    ),
    { minLength: 1, maxLength: 40 },
  )
  .map((rows) => [0, 1, 2].map((i) => Float64Array.from(rows, (row) => row[i]!)));

/** Scores, and outcomes drawn with the probability that `truth` gives each of them. */
function world(rows: number, truth: (raw: number) => number): { raw: Float64Array; labels: Float64Array } {
  const source = random(`calibration ${rows}`);
  const raw = Float64Array.from({ length: rows }, () => 2 * source.normal());
  return { raw, labels: raw.map((score) => Number(source.uniform() < truth(score))) };
}

function furthest(calibration: Calibration, truth: (raw: number) => number): number {
  return Math.max(...[-3, -2, -1, 0, 1, 2, 3].map((raw) => Math.abs(calibrate(calibration, raw) - truth(raw))));
}

describe('fitBeta', () => {
  it('never descends, and stays inside (0, 1), for any scores', () => {
    fc.assert(
      fc.property(scored, ([raw, labels, weights]) => {
        const { x, y } = fitBeta(raw!, labels!, weights!);
        x.forEach((at, i) => {
          expect(y[i]).toBeGreaterThan(0);
          expect(y[i]).toBeLessThan(1);
          if (i > 0) expect(at).toBeGreaterThan(x[i - 1]!);
          if (i > 0) expect(y[i]).toBeGreaterThanOrEqual(y[i - 1]!);
        });
      }),
    );
  });

  it('finds a shift, a stretch and a skew of log-odds, and leaves what is calibrated alone', () => {
    const softplus = (raw: number): number => Math.log(1 + Math.exp(raw));
    const truths = [
      (raw: number) => sigmoid(raw),
      (raw: number) => sigmoid(raw - 1.5),
      (raw: number) => sigmoid(0.4 * raw + 0.5),
      (raw: number) => sigmoid(-0.3 * softplus(-raw) + 1.5 * softplus(raw)),
    ];
    for (const truth of truths) {
      const { raw, labels } = world(20_000, truth);
      expect(furthest(fitBeta(raw, labels), truth)).toBeLessThan(0.025);
    }
  });

  it('says the rate of scores that run against the outcomes, for a falling curve is not allowed', () => {
    const { raw, labels } = world(4000, (score) => sigmoid(-score));
    const rate = labels.reduce((sum, label) => sum + label, 0) / labels.length;
    for (const at of [-2, 0, 2]) expect(calibrate(fitBeta(raw, labels), at)).toBeCloseTo(rate, 1);
  });

  it('is what the log-loss says it should be: no small change of the curve lowers it', () => {
    const { raw, labels } = world(3000, (score) => sigmoid(0.6 * score + 0.3));
    const fitted = fitBeta(raw, labels);
    const loss = (shift: number, stretch: number): number =>
      raw.reduce((sum, score, row) => {
        const p = sigmoid(stretch * logit(calibrate(fitted, score)) + shift);
        return sum - Math.log(labels[row] === 1 ? p : 1 - p);
      }, 0);
    for (const [shift, stretch] of [[0.05, 1], [-0.05, 1], [0, 1.05], [0, 0.95]] as const) {
      expect(loss(shift, stretch)).toBeGreaterThan(loss(0, 1));
    }
  });

  it('does not change when all weights are scaled, and ignores rows of no weight', () => {
    const { raw, labels } = world(50, sigmoid);
    const weights = raw.map((_, row) => row % 3);
    const kept = raw.map((_, row) => row).filter((row) => row % 3 > 0);
    const pick = (values: Float64Array): Float64Array => kept.map((row) => values[row]!);
    expect(fitBeta(raw, labels, weights.map((weight) => weight * 4))).toEqual(fitBeta(raw, labels, weights));
    expect(fitBeta(pick(raw), pick(labels), pick(weights))).toEqual(fitBeta(raw, labels, weights));
  });

  it('refuses no rows and scores that are not finite', () => {
    expect(() => fitBeta(new Float64Array(0), new Float64Array(0))).toThrow(/no rows/);
    expect(() => fitBeta(Float64Array.of(Infinity), Float64Array.of(1))).toThrow(/finite/);
  });
});

describe('fitCalibration', () => {
  it('keeps the smooth curve where it fits, and steps where there are steps', () => {
    const smooth = world(2000, (raw) => sigmoid(0.5 * raw));
    const steps = world(6000, (raw) => (raw < -1 ? 0.05 : raw < 1 ? 0.5 : 0.95));
    expect(fitCalibration(smooth.raw, smooth.labels).kind).toBe('beta');
    expect(fitCalibration(steps.raw, steps.labels).kind).toBe('isotonic');
  });

  it('is one of the two, fitted to all rows, and the same again', () => {
    fc.assert(
      fc.property(scored, ([raw, labels, weights]) => {
        const chosen = fitCalibration(raw!, labels!, { weights });
        expect([fitBeta(raw!, labels!, weights), fitIsotonic(raw!, labels!, weights)]).toContainEqual(chosen);
        expect(fitCalibration(raw!, labels!, { weights })).toEqual(chosen);
      }),
      { numRuns: 50 },
    );
  });
});
