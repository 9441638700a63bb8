import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../base/portable.ts';
import { labelledTables } from './arbitraries.fixture.ts';
import { encodeModel } from './codec.ts';
import type { Column, Dataset, NumericColumn } from './dataset.ts';
import { fit } from './fit.ts';
import { logLoss } from './log-loss.ts';
import type { FitOptions } from './options.ts';
import { createScorer } from './predict.ts';

/** A world with an interaction, a category, missing values that matter and a useless column. */
function world(rows: number, seed: string): { data: Dataset; labels: Float64Array } {
  const source = random(seed);
  const uniform = (): Float64Array => Float64Array.from({ length: rows }, () => source.uniform());
  const [a, b, noise, asked] = [uniform(), uniform(), uniform(), uniform()];
  const levels = Array.from({ length: 100 }, (_, i) => `team ${i}`);
  const codes = Int32Array.from({ length: rows }, () => source.below(100));
  const labels = Float64Array.from(a, (value, i) => {
    const score =
      Number(value > 0.5 !== b[i]! > 0.3) * 2 - 1 + (codes[i]! % 10 === 0 ? 2 : 0) - (asked[i]! < 0.3 ? 1.5 : 0);
    return Number(source.uniform() < 1 / (1 + Math.exp(-score)));
  });
  const values = asked.map((value) => (value < 0.3 ? NaN : value));
  const columns: Dataset['columns'] = [
    { kind: 'numeric', name: 'a', values: a },
    { kind: 'numeric', name: 'b', values: b },
    { kind: 'numeric', name: 'noise', values: noise },
    { kind: 'numeric', name: 'asked', values },
    { kind: 'categorical', name: 'team', levels, codes },
  ];
  return { data: { rows, columns }, labels };
}

describe('fit', () => {
  it('learns interactions, categories and missing values that hold on rows it has not seen', () => {
    const { data, labels } = world(4000, 'train');
    const unseen = world(4000, 'test');
    const scorer = createScorer(fit(data, labels, { trees: 100, learningRate: 0.1 }));
    const constant = unseen.labels.map(() => 0);
    expect(logLoss(scorer.rawBatch(unseen.data), unseen.labels)).toBeLessThan(logLoss(constant, unseen.labels) - 0.1);
  });

  it('gives the same bytes for the same data, options and seed; another seed samples other rows', () => {
    const { data, labels } = world(500, 'w');
    const bytes = (seed: number, subsample: number): Uint8Array =>
      encodeModel(fit(data, labels, { trees: 5, seed, subsample }));
    expect(bytes(1, 0.5)).toEqual(bytes(1, 0.5));
    expect(bytes(1, 0.5)).not.toEqual(bytes(2, 0.5));
  });

  it('gives the same bytes on 1, 2 and 4 threads', () => {
    const { data, labels } = world(600, 'threads');
    for (const sampling of ['uniform', 'mvs'] as const) {
      const bytes = (threads: number): Uint8Array =>
        encodeModel(fit(data, labels, { trees: 5, subsample: 0.5, sampling, threads }));
      const alone = bytes(1);
      expect(bytes(2)).toEqual(alone);
      expect(bytes(4)).toEqual(alone);
    }
  });

  it('gives the same model for float32 columns, and for columns that are loaded when they are asked for', () => {
    const { data, labels } = world(600, 'float32');
    const rounded = data.columns.map((column) =>
      column.kind === 'numeric' ? { ...column, values: Float64Array.from(column.values, Math.fround) } : column,
    );
    let loads = 0;
    const loaded = rounded.map((column) =>
      column.kind === 'categorical'
        ? column
        : {
            kind: column.kind,
            name: column.name,
            get values() {
              loads++;
              return Float32Array.from(column.values);
            },
          },
    );
    const modelOf = (columns: Column[]): Uint8Array => encodeModel(fit({ rows: data.rows, columns }, labels, { trees: 5 }));
    expect(modelOf(loaded)).toEqual(modelOf(rounded));
    expect(loads).toBeLessThanOrEqual(2 * loaded.length);
  });

  it('learns from a third of the rows, drawn by importance, nearly what it learns from all', () => {
    const { data, labels } = world(6000, 'train');
    const unseen = world(6000, 'test');
    const lossOf = (options: FitOptions): number =>
      logLoss(createScorer(fit(data, labels, { trees: 60, learningRate: 0.1, ...options })).rawBatch(unseen.data), unseen.labels);
    expect(lossOf({ subsample: 0.33, sampling: 'mvs' })).toBeLessThan(lossOf({}) + 0.003);
  });

  it('does not depend on the order of the rows where no column is target-coded', () => {
    fc.assert(
      fc.property(labelledTables(), ({ data, labels }) => {
        const columns = data.columns.slice(0, 3);
        const table = { rows: data.rows, columns };
        expect(fit(reversed(table), labels.toReversed(), { trees: 4, depth: 3, subsample: 1 })).toEqual(
          fit(table, labels, { trees: 4, depth: 3, subsample: 1 }),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('takes a weight of two for a row that is there twice', () => {
    fc.assert(
      fc.property(labelledTables(), ({ data, labels }) => {
        const table = { rows: data.rows, columns: data.columns.slice(2, 3) };
        const doubled = { rows: 2 * data.rows, columns: table.columns.map((column) => twice(column)) };
        const weights = new Float64Array(data.rows).fill(2);
        const twiceLabels = Float64Array.from([...labels, ...labels]);
        const options = { trees: 4, subsample: 1 };
        expect(fit(doubled, twiceLabels, options)).toEqual(fit(table, labels, { ...options, weights }));
      }),
      { numRuns: 50 },
    );
  });

  it('covers every row once a tree, and never raises the training loss', () => {
    fc.assert(
      fc.property(labelledTables(), ({ data, labels }) => {
        const losses: number[] = [];
        const model = fit(data, labels, { trees: 5, depth: 4, subsample: 1, onProgress: (_, loss) => losses.push(loss) });
        losses.forEach((loss, i) => expect(loss).toBeLessThanOrEqual((losses[i - 1] ?? Math.LN2) + 1e-9));
        for (const { covers, leaves, splits } of model.trees) {
          expect(leaves).toHaveLength(2 ** splits.length);
          expect(covers.reduce((sum, cover) => sum + cover, 0)).toBe(data.rows);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('keeps the trees up to the lowest validation loss, and stops when patience runs out', () => {
    const { data, labels } = world(300, 'small');
    const validation = world(1000, 'judge');
    const losses: number[] = [];
    const model = fit(data, labels, {
      trees: 400,
      learningRate: 0.3,
      validation,
      patience: 10,
      onProgress: (_, loss) => losses.push(loss),
    });
    const best = losses.indexOf(Math.min(...losses)) + 1;
    expect(model.trees).toHaveLength(best);
    const before = Math.min(...losses.slice(0, -10));
    expect(Math.min(...losses.slice(-10))).toBeGreaterThan(before - 1e-4); // the last ten gain next to nothing
    expect(losses.length).toBeLessThan(100);
    const scores = createScorer(model).rawBatch(validation.data);
    expect(logLoss(scores, validation.labels)).toBeCloseTo(losses[best - 1]!, 12);
  });

  it.each([['no prior', 0], ['a prior', 40]])('grows no more trees than patience says where none is of use: %s', (_, first) => {
    const { data, labels } = world(300, 'small');
    const validation = { data, labels: labels.map((label) => 1 - label) };
    let count = 0;
    const prior = first > 0 ? { prior: labels.map((label) => (1 + label) / 3) } : {};
    const model = fit(data, labels, { trees: 400, patience: 10, validation, onProgress: (trees) => (count = trees), ...prior });
    expect([count, model.trees.length]).toEqual([first + 10, 0]);
  });

  it('does not split on what a constant, empty or unique column says', () => {
    const rows = 200;
    const source = random('constant');
    const labels = Float64Array.from({ length: rows }, (_, i) => i % 2);
    const data: Dataset = {
      rows,
      columns: [
        { kind: 'numeric', name: 'constant', values: new Float64Array(rows).fill(7) },
        { kind: 'numeric', name: 'empty', values: new Float64Array(rows).fill(NaN) },
        {
          kind: 'categorical',
          name: 'id',
          levels: Array.from(labels, () => String(source.uniform())),
          codes: Int32Array.from(labels, (_, i) => i),
        },
      ],
    };
    expect(fit(data, labels).trees).toEqual([]);
  });

  it('carries ten thousand categories, and gives an unseen one the base rate', () => {
    const rows = 30_000;
    const source = random('many');
    const codes = Int32Array.from({ length: rows }, () => source.below(10_000));
    const labels = Float64Array.from(codes, (code) => Number(source.uniform() < (code % 2 === 0 ? 0.8 : 0.2)));
    const levels = Array.from({ length: 10_000 }, (_, i) => `c${i}`);
    const data: Dataset = { rows, columns: [{ kind: 'categorical', name: 'c', levels, codes }] };
    const scorer = createScorer(fit(data, labels, { trees: 30 }));
    expect(scorer.raw(['c4'])).toBeGreaterThan(scorer.raw(['never seen']));
    expect(scorer.raw(['c5'])).toBeLessThan(scorer.raw(['never seen']));
  });

  it('fits labels drawn by lot no better than chance through three thousand categories', () => {
    const rows = 6000;
    const source = random('lot');
    const levels = Array.from({ length: 3000 }, (_, i) => `c${i}`);
    const codes = Int32Array.from({ length: rows }, () => source.below(levels.length));
    const labels = Float64Array.from(codes, () => source.below(2));
    let loss = NaN;
    fit({ rows, columns: [{ kind: 'categorical', name: 'c', levels, codes }] }, labels, {
      trees: 50,
      onProgress: (_, l) => (loss = l),
    });
    expect(loss).toBeGreaterThan(Math.LN2 - 0.01); // a statistic that held a row's own label would fall far below
  });

  it('refuses wrong labels, weights, tables and options in one clear line', () => {
    const { data, labels } = world(20, 'bad');
    const message = (act: () => unknown): string => {
      try {
        act();
      } catch (error) {
        return (error as Error).message;
      }
      return 'no error';
    };
    expect(
      message(() =>
        fit(
          data,
          labels.map(() => 2),
        ),
      ),
    ).toBe('label 2: a label is 0 or 1; map the two outcomes to 0 and 1');
    expect(
      message(() =>
        fit(
          data,
          labels.map(() => 1),
        ),
      ),
    ).toMatch(/no negative label: training needs both/);
    expect(message(() => fit(data, labels.subarray(1)))).toMatch(/19 labels: there are 20 rows/);
    expect(message(() => fit(data, labels, { weights: labels.map(() => -1) }))).toMatch(/weight -1/);
    expect(message(() => fit(data, labels, { borders: 300 }))).toMatch(/borders 300: must lie in 1 to 254/);
    expect(message(() => fit(data, labels, { depth: 2.5 }))).toMatch(/whole number/);
    expect(message(() => fit({ ...data, columns: [...data.columns, data.columns[0]!] }, labels))).toMatch(
      /"a": it is there twice/,
    );
    expect(message(() => fit({ ...data, rows: 21 }, new Float64Array(21)))).toMatch(/of 20 rows: the table has 21/);
  });

  it('stops at an abort', () => {
    const { data, labels } = world(100, 'abort');
    const controller = new AbortController();
    let trees = 0;
    const onProgress = (tree: number): void => {
      trees = tree;
      if (tree === 3) controller.abort(new Error('enough'));
    };
    expect(() => fit(data, labels, { trees: 50, onProgress, signal: controller.signal })).toThrow('enough');
    expect(trees).toBe(3);
  });
});

function reversed({ rows, columns }: Dataset): Dataset {
  const turn = (column: Dataset['columns'][number]): Dataset['columns'][number] =>
    column.kind === 'numeric'
      ? { ...column, values: column.values.toReversed() }
      : { ...column, codes: column.codes.toReversed() };
  return { rows, columns: columns.map(turn) };
}

function twice(column: Dataset['columns'][number]): Dataset['columns'][number] {
  if (column.kind === 'numeric')
    return { ...column, values: Float64Array.from([...column.values, ...column.values]) } satisfies NumericColumn;
  return { ...column, codes: Int32Array.from([...column.codes, ...column.codes]) };
}
