import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Gradients } from './gradient.ts';
import { logLoss, updateGradients } from './log-loss.ts';

const raws = fc.double({ min: -20, max: 20, noNaN: true });
const rows = fc.array(fc.tuple(raws, fc.constantFrom(0, 1), fc.double({ min: 0, max: 1000, noNaN: true })), {
  minLength: 2,
  maxLength: 50,
});

function gradientsOf(given: readonly (readonly [number, number, number])[]): Gradients {
  const out = { gradient: new Float64Array(given.length), hessian: new Float64Array(given.length) };
  const column = (i: 0 | 1 | 2): Float64Array => Float64Array.from(given, (row) => row[i]);
  updateGradients(out, column(0), column(1), column(2));
  return out;
}

describe('updateGradients', () => {
  it('sums to the same in every order, and a part can be taken out again exactly', () => {
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
    fc.assert(
      fc.property(rows, fc.nat(), (given, pick) => {
        const cut = pick % given.length;
        for (const values of Object.values(gradientsOf(given)) as Float64Array[]) {
          expect(sum(values.toReversed())).toBe(sum(values));
          expect(sum(values.toSorted())).toBe(sum(values));
          expect(sum(values) - sum(values.subarray(0, cut))).toBe(sum(values.subarray(cut)));
        }
      }),
    );
  });

  it('is the slope and the curvature of the weighted log-loss', () => {
    fc.assert(
      fc.property(raws, fc.constantFrom(0, 1), (raw, label) => {
        const { gradient, hessian } = gradientsOf([
          [raw, label, 1],
          [0, 0, 1],
        ]);
        const loss = (at: number): number => logLoss(Float64Array.of(at), Float64Array.of(label));
        const step = 1e-4;
        expect(gradient[0]).toBeCloseTo((loss(raw + step) - loss(raw - step)) / (2 * step), 5);
        expect(hessian[0]).toBeCloseTo((loss(raw + step) - 2 * loss(raw) + loss(raw - step)) / step ** 2, 3);
      }),
    );
  });
});

describe('logLoss', () => {
  it('is finite for every raw score, and ln 2 for a raw score of 0', () => {
    expect(logLoss(Float64Array.of(0, 0), Float64Array.of(0, 1))).toBeCloseTo(Math.LN2, 15);
    for (const raw of [-1e308, 1e308])
      expect(logLoss(Float64Array.of(raw), Float64Array.of(raw > 0 ? 0 : 1))).toBeLessThan(1000);
  });
});
