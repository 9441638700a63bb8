import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelledTables, models, rowsOf } from './arbitraries.fixture.ts';
import type { Value } from './dataset.ts';
import { fit } from './fit.ts';
import type { Model } from './model.ts';
import { plainRaw } from './plain-scorer.fixture.ts';
import { createScorer } from './predict.ts';

const anyRow = (model: Model): fc.Arbitrary<Value[]> =>
  fc.tuple(
    fc.oneof(fc.double(), fc.constantFrom(null, -0, ...thresholds(model, 0))),
    fc.oneof(fc.string(), fc.constantFrom(null, NaN, 3, ...levelsOf(model, 1))),
    fc.oneof(fc.string(), fc.constantFrom(null, NaN, 3, ...levelsOf(model, 2))),
  );

function thresholds(model: Model, f: number): number[] {
  const feature = model.features[f]!;
  return feature.kind === 'one-hot' ? [] : feature.borders;
}

function levelsOf(model: Model, f: number): string[] {
  const feature = model.features[f]!;
  return feature.kind === 'numeric' ? [] : feature.levels;
}

describe('raw', () => {
  it('equals the plain reading of the model, bit for bit', () => {
    fc.assert(
      fc.property(
        models(6).chain((model) => fc.tuple(fc.constant(model), anyRow(model))),
        ([model, row]) => {
          expect(createScorer(model).raw(row)).toBe(plainRaw(model, row));
        },
      ),
    );
  });

  it('adds leaves one tree after another and the bias last', () => {
    const leaf = (value: number): Model['trees'][number] => ({ splits: [], leaves: [value], covers: [1] });
    const model: Model = { bias: 1, features: [], trees: [leaf(0.1), leaf(0.2), leaf(0.3)] };
    expect(createScorer(model).raw([])).toBe(0.1 + 0.2 + 0.3 + 1);
  });

  it('refuses a row of another length, and a text for a number, without quoting it', () => {
    const scorer = createScorer({
      bias: 0,
      features: [{ kind: 'numeric', name: 'age', borders: [], missing: 'low' }],
      trees: [],
    });
    expect(() => scorer.raw([])).toThrow(
      'a row of 0 values: the model has 1 inputs; give one value an input, null where it is missing',
    );
    expect(() => scorer.raw(['Jane Doe'])).toThrow(/^(?!.*Jane).*"age"/);
  });
});

describe('rawBatch', () => {
  it('equals raw row by row, bit for bit, whatever the order of the columns', () => {
    fc.assert(
      fc.property(labelledTables(), fc.boolean(), ({ data, labels }, turned) => {
        const scorer = createScorer(fit(data, labels, { trees: 3, depth: 3 }));
        const table = turned ? { ...data, columns: data.columns.toReversed() } : data;
        expect([...scorer.rawBatch(table)]).toEqual(rowsOf(data).map((row) => scorer.raw(row)));
      }),
      { numRuns: 40 },
    );
  });

  it('reads a category out of a numeric column by its decimal text', () => {
    const features: Model['features'] = [{ kind: 'one-hot', name: 'zip', levels: ['10', '20'] }];
    const scorer = createScorer({
      bias: 0,
      features,
      trees: [{ splits: [{ feature: 0, bin: 1 }], leaves: [1, 2], covers: [1, 1] }],
    });
    const data = {
      rows: 3,
      columns: [{ kind: 'numeric' as const, name: 'zip', values: Float64Array.of(10, 20, NaN) }],
    };
    expect([...scorer.rawBatch(data)]).toEqual([1, 2, 1]);
  });

  it('names a column that is not there', () => {
    const scorer = createScorer({
      bias: 0,
      features: [{ kind: 'numeric', name: 'age', borders: [], missing: 'low' }],
      trees: [],
    });
    expect(() => scorer.rawBatch({ rows: 0, columns: [] })).toThrow(/column "age"/);
  });
});
