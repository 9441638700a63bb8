import fc from 'fast-check';
import { random } from '../base/portable.ts';
import type { Column, Dataset, Value } from './dataset.ts';
import type { Model, ModelFeature, Tree } from './model.ts';

/**
 * For tests: a small table of all column kinds, missing values and odd numbers included, with labels of both outcomes.
 */
export function labelledTables(): fc.Arbitrary<{ data: Dataset; labels: Float64Array }> {
  return fc.integer({ min: 2, max: 90 }).chain((rows) =>
    fc.record({
      data: fc
        .tuple(
          numericColumns('n', rows),
          numericColumns('m', rows),
          categoricalColumns('c', rows, 3),
          categoricalColumns('t', rows, 400),
        )
        .map((columns) => ({ rows, columns })),
      labels: fc
        .array(fc.constantFrom(0, 1), { minLength: rows, maxLength: rows })
        .map((labels) => Float64Array.from([0, 1, ...labels.slice(2)])),
    }),
  );
}

function numericColumns(name: string, rows: number): fc.Arbitrary<Column> {
  const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double(), fc.constantFrom(NaN, -0, Infinity, -Infinity));
  return fc
    .array(value, { minLength: rows, maxLength: rows })
    .map((values) => ({ kind: 'numeric', name, values: Float64Array.from(values) }));
}

function categoricalColumns(name: string, rows: number, count: number): fc.Arbitrary<Column> {
  const levels = Array.from({ length: count }, (_, i) => `level ${i}`);
  return fc
    .array(fc.integer({ min: -1, max: count - 1 }), { minLength: rows, maxLength: rows })
    .map((codes) => ({ kind: 'categorical', name, levels, codes: Int32Array.from(codes) }));
}

/** For tests: a model of every kind of input, with repeated features in a tree and empty leaves. */
export function models(maxDepth = 4): fc.Arbitrary<Model> {
  const borders = fc
    .uniqueArray(fc.float({ noNaN: true, max: 1e9 }), { minLength: 1, maxLength: 4, comparator: (a, b) => a === b })
    .map((values) => values.toSorted((a, b) => a - b));
  const text = fc.oneof(fc.string(), fc.constantFrom('é', '😀', '\ud800', '__proto__', '\0'));
  const levels = fc.uniqueArray(text, { maxLength: 4 });
  const rate = fc.double({ min: 0, max: 1, noNaN: true });
  const features: fc.Arbitrary<ModelFeature[]> = fc.tuple(
    fc.record({
      kind: fc.constant('numeric' as const),
      name: fc.constant('n'),
      borders,
      missing: fc.constantFrom('low', 'high'),
    }),
    fc.record({ kind: fc.constant('one-hot' as const), name: fc.constant('c'), levels }),
    levels.chain((names) =>
      fc.record({
        kind: fc.constant('target' as const),
        name: fc.constant('t'),
        levels: fc.constant(names),
        statistics: fc.array(rate, { minLength: names.length, maxLength: names.length }),
        missing: rate,
        unseen: rate,
        borders,
      }),
    ),
  );
  const number = fc.double({ min: -100, max: 100, noNaN: true });
  return features.chain((kinds) =>
    fc.record(
      {
        bias: number,
        scale: fc.constant(0.7),
        features: fc.constant(kinds),
        trees: fc.array(treesOver(kinds, maxDepth), { maxLength: 5 }),
      },
      { requiredKeys: ['bias', 'features', 'trees'] },
    ),
  );
}

function treesOver(features: readonly ModelFeature[], maxDepth: number): fc.Arbitrary<Tree> {
  const questions = features.flatMap((feature, f) => {
    const bins = feature.kind === 'one-hot' ? feature.levels.length + 1 : feature.borders.length;
    return Array.from({ length: bins }, (_, bin) => ({ feature: f, bin }));
  });
  const splits = fc.array(fc.constantFrom(...questions), { minLength: 1, maxLength: maxDepth });
  return fc.tuple(splits, fc.integer()).map(([chosen, seed]) => {
    const source = random(seed); // drawn from a seed, because hundreds of shrinkable numbers a tree take their time
    const leaves = Array.from({ length: 1 << chosen.length }, () => source.normal());
    return { splits: chosen, leaves, covers: leaves.map(() => source.pick([0, 0, 1, 5, 30])) };
  });
}

/** For tests: the rows of a table, as a scorer takes them. */
export function rowsOf(data: Dataset): Value[][] {
  return Array.from({ length: data.rows }, (_, row) =>
    data.columns.map((column) =>
      column.kind === 'numeric' ? column.values[row]! : (column.levels[column.codes[row]!] ?? null),
    ),
  );
}
