import { describe, expect, it } from 'vitest';
import { random } from '../base/portable.ts';
import type { CategoricalColumn, Dataset, NumericColumn, Value } from './dataset.ts';
import { decodeModel, encodeModel } from './codec.ts';
import type { Model } from './model.ts';
import { createScorer } from './predict.ts';
import { quantileBorders } from './quantise.ts';
import { fitStopped as fit } from './stop.ts';

const FEW = { trees: 10 };
const numeric = (name: string, values: ArrayLike<number>): NumericColumn => ({
  kind: 'numeric',
  name,
  values: Float64Array.from(values),
});
const table = (...columns: Dataset['columns']): Dataset => {
  const first = columns[0];
  return { rows: first === undefined ? 0 : first.kind === 'numeric' ? first.values.length : first.codes.length, columns };
};
const alternating = (rows: number): Float64Array => Float64Array.from({ length: rows }, (_, row) => row % 2);

/** The model is finite, survives its codec, and scores a row as it scores the batch. */
function expectSound(model: Model, data: Dataset): Float64Array {
  expect(decodeModel(encodeModel(model))).toEqual(model);
  const scorer = createScorer(model);
  const scores = scorer.rawBatch(data);
  expect(scores.every(Number.isFinite)).toBe(true);
  const first = data.columns.map((column): Value => {
    if (column.kind === 'numeric') return column.values[0]!;
    return column.codes[0]! < 0 ? null : column.levels[column.codes[0]!]!;
  });
  expect(scorer.raw(first)).toBe(scores[0]);
  return scores;
}

describe('columns that say nothing', () => {
  it('all missing, constant, or nothing but infinities: no tree splits on them', () => {
    const rows = 60;
    const data = table(
      numeric('empty', new Float64Array(rows).fill(NaN)),
      numeric('constant', new Float64Array(rows).fill(-0)),
      numeric('endless', new Float64Array(rows).fill(Infinity)),
      { kind: 'categorical', name: 'none', levels: ['a'], codes: new Int32Array(rows).fill(-1) },
      { kind: 'categorical', name: 'one', levels: ['a', 'b'], codes: new Int32Array(rows) },
    );
    const model = fit(data, alternating(rows), FEW);
    expect(model.trees).toEqual([]);
    expect(expectSound(model, data)[0]).toBe(0); // the log-odds of one half
  });

  it('no columns at all: the base rate', () => {
    const model = fit({ rows: 4, columns: [] }, Float64Array.of(0, 0, 0, 1), FEW);
    expect(model.trees).toEqual([]);
    expect(model.bias).toBeCloseTo(-Math.log(3), 12);
  });
});

describe('odd numbers', () => {
  it('NaN is missing, ±Infinity and subnormals are numbers in order, and -0 is 0', () => {
    const values = [-Infinity, -1e-310, -0, 0, 1e-310, 5e-324, 1e30, Infinity, NaN, 1e300];
    const column = numeric('x', Array.from({ length: 100 }, (_, row) => values[row % values.length]!));
    const labels = Float64Array.from(column.values, (value) => Number(value > 1e40 || Number.isNaN(value)));
    const scores = expectSound(fit(table(column), labels, { ...FEW, subsample: 1 }), table(column));
    expect(scores[7]).toBeGreaterThan(scores[6]!);
    expect(scores[8]).toBeGreaterThan(scores[6]!);
    for (const zero of [1, 2, 3, 4, 5]) expect(scores[zero]).toBe(scores[2]); // float32 knows them as 0
    expect(scores[9]).toBe(scores[7]); // and 1e300 as infinite
  });

  it('a column of distinct values has as many borders as asked for, at equal counts', () => {
    const values = Float32Array.from({ length: 2 ** 16 }, (_, row) => row / 7);
    const borders = quantileBorders(values, 254);
    expect(borders).toHaveLength(254);
    const counts = borders.map((border, i) => values.filter((v) => v <= border && v > (borders[i - 1] ?? -1)).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(30);
  });

  it('2^24 distinct values: quantised within bounds', () => {
    const values = new Float32Array(2 ** 24);
    for (let row = 0; row < values.length; row++) values[row] = row;
    const borders = quantileBorders(values, 254);
    expect(borders.length).toBeGreaterThan(200);
    expect(borders.length).toBeLessThanOrEqual(254);
    expect(borders.every((border, i) => i === 0 || border > borders[i - 1]!)).toBe(true);
  });
});

describe('few rows and odd weights', () => {
  it('no rows, one row, one outcome: one clear line', () => {
    const fail = (rows: number, label: number) => () =>
      fit(table(numeric('x', new Float64Array(rows))), new Float64Array(rows).fill(label));
    expect(fail(0, 0)).toThrow('no rows of any weight: training needs both outcomes; give rows of each');
    expect(fail(1, 1)).toThrow('no negative label: training needs both outcomes; give rows of each');
    expect(fail(9, 0)).toThrow('no positive label');
  });

  it('two rows, and one positive of a hundred: a finite model', () => {
    for (const rows of [2, 100]) {
      const data = table(numeric('x', Array.from({ length: rows }, (_, row) => row)));
      const scores = expectSound(fit(data, Float64Array.from({ length: rows }, (_, row) => Number(row === 0))), data);
      expect(scores[0]).toBeGreaterThanOrEqual(scores[rows - 1]!);
    }
  });

  it('more columns than rows', () => {
    const source = random('wide');
    const rows = 20;
    const columns = Array.from({ length: 300 }, (_, c) =>
      numeric(`x${c}`, Array.from({ length: rows }, () => source.normal())),
    );
    expectSound(fit(table(...columns), alternating(rows)), table(...columns));
  });

  it('rows of no weight do not count, wherever they stand; all of no weight is an error', () => {
    const x = numeric('x', Array.from({ length: 40 }, (_, row) => (row < 20 ? row : 1e6 * row)));
    const labels = Float64Array.from({ length: 40 }, (_, row) => Number(row < 20 ? row % 4 === 0 : row % 2));
    const weights = labels.map((_, row) => Number(row < 20));
    const model = fit(table(x), labels, { ...FEW, weights, subsample: 1 });
    for (const { covers } of model.trees) expect(covers.reduce((sum, cover) => sum + cover, 0)).toBe(20);
    expect(model.bias).toBeCloseTo(Math.log(5 / 15), 12);
    expect(() => fit(table(x), labels, { weights: weights.fill(0) })).toThrow('no rows of any weight');
  });

  it('two columns of one name, an empty one among them: one clear line', () => {
    const column = numeric('', alternating(4));
    expect(() => fit(table(column, column), alternating(4))).toThrow('column "": it is there twice; rename one');
  });
});

describe('ordered levels', () => {
  const levels = ['xs', 's', 'm', 'l', 'xl'];
  const source = random('ordered');
  const rows = 400;
  const codes = Int32Array.from({ length: rows }, () => source.below(6) - 1);
  const labels = Float64Array.from(codes, (code) => Number(source.uniform() < (code < 0 ? 0.1 : code / 4)));
  const column: CategoricalColumn = { kind: 'categorical', name: 'size', levels, codes, ordered: true };
  const scorer = createScorer(fit(table(column), labels, { trees: 60, learningRate: 0.2 }));

  it('are learned as an order, whatever their alphabet says', () => {
    const scores = levels.map((level) => scorer.raw([level]));
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
    expect(scores[4]).toBeGreaterThan(scores[0]! + 2);
  });

  it('split by rank: one split parts the low from the high', () => {
    const model = fit(table(column), Float64Array.from(codes, (code) => Number(code >= 2)), { trees: 1, depth: 1, subsample: 1 });
    const one = createScorer(model);
    expect(new Set(['xs', 's', null].map((level) => one.raw([level]))).size).toBe(1);
    expect(new Set(['m', 'l', 'xl'].map((level) => one.raw([level]))).size).toBe(1);
    expect(one.raw(['m'])).toBeGreaterThan(one.raw(['s']));
  });

  it('missing has a place of its own, and unseen shares it', () => {
    expect(scorer.raw(['xxl'])).toBe(scorer.raw([null]));
    expect(expectSound(fit(table(column), labels, FEW), table(column))).toHaveLength(rows);
  });
});
