import fc from 'fast-check';
import { expect, it } from 'vitest';
import { labelledTables, rowsOf } from './arbitraries.fixture.ts';
import type { Dataset, Value } from './dataset.ts';
import { fit } from './fit.ts';
import { createScorer } from './predict.ts';

/** The definition over all subsets of four inputs: the mean score of background rows with the row's values put in. */
function bruteForce(raw: (row: Value[]) => number, row: Value[], background: Value[][]): number[] {
  const value = Array.from({ length: 16 }, (_, subset) => {
    const scores = background.map((other) => raw(other.map((its, f) => ((subset >> f) & 1 ? row[f]! : its))));
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  });
  const weight = [1 / 4, 1 / 12, 1 / 12, 1 / 4]; // |S|! (3 - |S|)! / 4!
  const size = (subset: number): number => [0, 1, 2, 3].filter((f) => (subset >> f) & 1).length;
  const effects = [0, 1, 2, 3].map((f) =>
    value.reduce((sum, v, subset) => {
      if ((subset >> f) & 1) return sum;
      return sum + weight[size(subset)]! * (value[subset | (1 << f)]! - v);
    }, 0),
  );
  return [...effects, value[0]!];
}

it('against a background, contributions equal the definition over all subsets, to 1e-12', () => {
  fc.assert(
    fc.property(labelledTables(), fc.nat(), ({ data, labels }, pick) => {
      const model = fit(data, labels, { trees: 4, depth: 4 });
      const rows = rowsOf(data);
      const scorer = createScorer(model, { background: data });
      const row = rows[pick % rows.length]!;
      const expected = bruteForce((one) => scorer.raw(one), row, rows);
      scorer.contributions(row).forEach((found, f) => expect(Math.abs(found - expected[f]!)).toBeLessThan(1e-12));
    }),
    { numRuns: 40 },
  );
});

it('without a background row every leaf is as likely, and contributions still sum to raw', () => {
  const empty: Dataset = { rows: 0, columns: [{ kind: 'numeric', name: 'x', values: new Float64Array() }] };
  const scorer = createScorer(
    {
      bias: 1,
      features: [{ kind: 'numeric', name: 'x', borders: [0], missing: 'low' }],
      trees: [{ splits: [{ feature: 0, bin: 0 }], leaves: [2, 4], covers: [9, 1] }],
    },
    { background: empty },
  );
  expect([...scorer.contributions([1])]).toEqual([1, 4]);
});
