import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Gradients } from './gradient.ts';
import type { LossRows } from './loss.ts';
import { createLoss, type LossName } from './losses.ts';

/** Labels that each loss has a meaning for. */
const labelOf = {
  'log-loss': fc.constantFrom(0, 1),
  rmse: fc.double({ min: -20, max: 20, noNaN: true }),
  tweedie: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 50, noNaN: true })),
  ranking: fc.integer({ min: 0, max: 4 }),
};
const weight = fc.constantFrom(0.5, 1, 3);
const score = fc.double({ min: -3, max: 3, noNaN: true });

function rowsFor(name: LossName): fc.Arbitrary<{ rows: LossRows; raw: Float64Array }> {
  return fc.array(fc.tuple(labelOf[name], weight, score, fc.nat(3)), { minLength: 2, maxLength: 20, size: 'max' }).map((given) => ({
    rows: {
      labels: Float64Array.from(given, ([label]) => label),
      weights: Float64Array.from(given, ([, w]) => w),
      groups: Int32Array.from(given, ([, , , group]) => group),
    },
    raw: Float64Array.from(given, ([, , s]) => s),
  }));
}

function derivatives(name: LossName, rows: LossRows, raw: Float64Array): Gradients {
  const out = { gradient: new Float64Array(raw.length), hessian: new Float64Array(raw.length) };
  createLoss(name, rows).update(out, raw);
  return out;
}

const moved = (raw: Float64Array, row: number, by: number): Float64Array =>
  raw.map((value, i) => (i === row ? value + by : value));
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe.each(['log-loss', 'tweedie'] as const)('the derivatives of %s', (name) => {
  it('are the slope and the curvature of the loss', () => {
    fc.assert(
      fc.property(rowsFor(name), ({ rows, raw }) => {
        const { gradient, hessian } = derivatives(name, rows, raw);
        const total = sum(rows.weights);
        const loss = (row: number, by: number): number => total * createLoss(name, rows).value(moved(raw, row, by));
        const grid = Math.max(...gradient.map(Math.abs), ...hessian) * 2 ** -29;
        raw.forEach((_, row) => {
          const step = 1e-3;
          const slope = (loss(row, step) - loss(row, -step)) / (2 * step);
          const curvature = (loss(row, step) - 2 * loss(row, 0) + loss(row, -step)) / step ** 2;
          expect(Math.abs(gradient[row]! - slope)).toBeLessThan(1e-4 * (1 + Math.abs(slope)) + grid);
          expect(Math.abs(hessian[row]! - curvature)).toBeLessThan(1e-2 * (1 + Math.abs(curvature)) + grid);
        });
      }),
      { numRuns: 50 },
    );
  });
});

describe('the derivatives of rmse', () => {
  it('are those of half the squared error', () => {
    fc.assert(
      fc.property(rowsFor('rmse'), ({ rows, raw }) => {
        const { gradient, hessian } = derivatives('rmse', rows, raw);
        const half = (at: Float64Array): number => (sum(rows.weights) * createLoss('rmse', rows).value(at) ** 2) / 2;
        raw.forEach((_, row) => {
          const slope = (half(moved(raw, row, 1e-3)) - half(moved(raw, row, -1e-3))) / 2e-3;
          expect(gradient[row]).toBeCloseTo(slope, 4);
          expect(hessian[row]).toBeCloseTo(rows.weights[row]!, 6);
        });
      }),
      { numRuns: 50 },
    );
  });
});

describe('the start', () => {
  it.each(['log-loss', 'rmse', 'tweedie'] as const)('of %s is the best constant: its gradients cancel', (name) => {
    fc.assert(
      fc.property(rowsFor(name), ({ rows, raw }) => {
        const positive = sum(rows.labels.map((label, row) => label * rows.weights[row]!));
        fc.pre(name === 'rmse' || (positive > 1e-6 && (name === 'tweedie' || rows.labels.includes(0))));
        const start = createLoss(name, rows).start();
        const { gradient } = derivatives(name, rows, raw.map(() => start));
        const reach = Math.max(...gradient.map(Math.abs));
        expect(Math.abs(sum(gradient))).toBeLessThan(1e-6 * (1 + reach));
      }),
      { numRuns: 100 },
    );
  });
});

describe('ranking', () => {
  it('has forces that cancel in every group, and none where a group is all alike', () => {
    fc.assert(
      fc.property(rowsFor('ranking'), ({ rows, raw }) => {
        const { gradient, hessian } = derivatives('ranking', rows, raw);
        for (const group of new Set(rows.groups)) {
          const members = [...raw.keys()].filter((row) => rows.groups![row] === group);
          const total = members.reduce((all, row) => all + gradient[row]!, 0);
          expect(Math.abs(total)).toBeLessThan(1e-7);
          if (new Set(members.map((row) => rows.labels[row])).size === 1) {
            for (const row of members) expect([gradient[row]! + 0, hessian[row]!]).toEqual([0, 0]);
          }
        }
        for (const value of hessian) expect(value).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('pulls the best of a group up and its worst down, and is 0 for the ideal order and below 1 for any', () => {
    fc.assert(
      fc.property(rowsFor('ranking'), ({ rows, raw }) => {
        const alone = { ...rows, groups: rows.groups!.map(() => 7) };
        fc.pre(new Set(rows.labels).size > 1);
        const { gradient } = derivatives('ranking', alone, raw);
        const { labels } = rows;
        const worst = Math.min(...labels);
        labels.forEach((label, row) => label === worst && expect(gradient[row]! + 0).toBeGreaterThanOrEqual(0));
        labels.forEach((label, row) => label === Math.max(...labels) && expect(gradient[row]! - 0).toBeLessThanOrEqual(0));
        const loss = createLoss('ranking', alone);
        expect(loss.value(labels)).toBeCloseTo(0, 12);
        expect(loss.value(raw)).toBeGreaterThanOrEqual(-1e-12);
        expect(loss.value(raw)).toBeLessThan(1);
      }),
    );
  });

  it('says the NDCG of a list worked by hand', () => {
    const loss = createLoss('ranking', {
      labels: Float64Array.of(3, 0, 1),
      weights: Float64Array.of(1, 1, 1),
      groups: Int32Array.of(0, 0, 0),
    });
    const found = 0 + 7 / Math.log2(3) + 1 / 2; // order: grade 0, grade 3, grade 1
    const ideal = 7 + 1 / Math.log2(3);
    expect(loss.value(Float64Array.of(1, 2, 0))).toBeCloseTo(1 - found / ideal, 12);
  });
});

describe('labels without a meaning', () => {
  it.each<[LossName, number[], string]>([
    ['log-loss', [0, 2], 'label 2: a label is 0 or 1'],
    ['rmse', [0, NaN], 'label NaN: a label of this loss is finite'],
    ['rmse', [0, -Infinity], 'label -Infinity'],
    ['tweedie', [1, -1], 'label -1: a label of this loss is at least 0'],
    ['tweedie', [0, 0], 'no label above 0'],
    ['ranking', [1, 31], 'label 31: a label of this loss is from 0 to 30'],
    ['ranking', [1, 0], 'no groups: ranking compares rows within groups'],
  ])('%s refuses %j', (name, labels, words) => {
    const rows = { labels: Float64Array.from(labels), weights: new Float64Array(labels.length).fill(1) };
    expect(() => createLoss(name, rows).start()).toThrow(words);
  });
});
