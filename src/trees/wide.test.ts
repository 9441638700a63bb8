import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../base/portable.ts';
import type { Dataset, Value } from './dataset.ts';
import type { Model, ModelFeature, Tree } from './model.ts';
import { plainRaw } from './plain-scorer.fixture.ts';
import { createScorer } from './predict.ts';

/** Models of every size at which the kernels take another way: slots, thresholds a slot, depth, number of trees. */
const shapes = fc.record({
  numeric: fc.constantFrom(1, 3, 15, 17, 64, 70, 300),
  borders: fc.constantFrom(1, 5, 255, 256, 600),
  levels: fc.constantFrom(0, 1, 40, 300),
  depth: fc.integer({ min: 1, max: 8 }),
  trees: fc.constantFrom(0, 1, 15, 16, 17, 40),
  seed: fc.integer(),
});
type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

function modelOf({ numeric, borders, levels, depth, trees, seed }: Shape): Model {
  const draw = random(seed);
  const features: ModelFeature[] = Array.from({ length: numeric }, (_, f) => ({
    kind: 'numeric',
    name: `n${f}`,
    missing: draw.pick(['low', 'high']),
    borders: Array.from(new Uint8Array(borders), (_zero, i) => i - borders / 2),
  }));
  features.push({ kind: 'one-hot', name: 'c', levels: Array.from({ length: levels }, (_, i) => `${i}`) });
  const bins = (f: number): number => (f === numeric ? levels + 1 : borders);
  return {
    bias: draw.normal(),
    ...(draw.uniform() < 0.3 && { scale: 0.3 }),
    features,
    trees: Array.from({ length: trees }, (): Tree => {
      const splits = Array.from({ length: draw.below(depth + 1) }, () => {
        const feature = draw.uniform() < 0.3 ? numeric : draw.below(numeric);
        return { feature, bin: draw.below(bins(feature)) };
      });
      const leaves = Array.from({ length: 1 << splits.length }, () => draw.normal());
      return { splits, leaves, covers: leaves.map(() => draw.below(9)) };
    }),
  };
}

function rowsFor({ numeric, borders, levels, seed }: Shape, count: number): Value[][] {
  const draw = random(seed).fork('rows');
  const odd = [null, NaN, Infinity, -Infinity, -0, 1e300];
  return Array.from({ length: count }, () => [
    ...Array.from({ length: numeric }, () =>
      draw.uniform() < 0.1 ? draw.pick(odd) : draw.below(borders + 2) - borders / 2 - draw.pick([0, 0.5, 1]),
    ),
    draw.pick(['0', '39', '299', 'unseen', null, `${draw.below(levels + 1)}`]),
  ]);
}

function tableOf(model: Model, rows: readonly Value[][]): Dataset {
  const last = model.features.length - 1;
  const texts = rows.map((row) => row[last] as string | null);
  const levels = [...new Set(texts.filter((text) => text !== null))];
  return {
    rows: rows.length,
    columns: model.features.map(({ name }, f) =>
      f < last
        ? { kind: 'numeric', name, values: Float64Array.from(rows, (row) => (row[f] as number | null) ?? NaN) }
        : { kind: 'categorical', name, levels, codes: Int32Array.from(texts, (text) => levels.indexOf(text!)) },
    ),
  };
}

describe('a scorer of any size', () => {
  it('equals the plain reading, by row, by bins and by batch, and explains alike by row and by batch', () => {
    fc.assert(
      fc.property(shapes, fc.constantFrom(0, 1, 130), (shape, count) => {
        const model = modelOf(shape);
        const rows = rowsFor(shape, count);
        const scorer = createScorer(model);
        const expected = rows.map((row) => plainRaw(model, row));
        expect(rows.map((row) => scorer.raw(row))).toEqual(expected);
        expect(rows.map((row) => scorer.rawOfBins(scorer.bins(row)))).toEqual(expected);
        const table = tableOf(model, rows);
        expect([...scorer.rawBatch(table)]).toEqual(expected);
        const few = { rows: Math.min(5, count), columns: tableOf(model, rows.slice(0, 5)).columns };
        const explained = scorer.contributionsBatch(few);
        const width = model.features.length + 1;
        for (let row = 0; row < few.rows; row++) {
          const found = explained.slice(row * width, (row + 1) * width);
          expect(found).toEqual(scorer.contributions(rows[row]!));
          expect(Math.abs(found.reduce((sum, one) => sum + one, 0) - expected[row]!)).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([31, 33, 127, 129, 1024, 1025, 1300])('a table of %i rows is its rows, where strokes and blocks end too', (count) => {
    const shape: Shape = { numeric: count % 2 === 0 ? 64 : 15, borders: 5, levels: 1, depth: 7, trees: 17, seed: count };
    const model = modelOf(shape);
    const rows = rowsFor(shape, count);
    const scorer = createScorer(model);
    const table = tableOf(model, rows);
    expect([...scorer.rawBatch(table)]).toEqual(rows.map((row) => scorer.raw(row)));
    expect([...scorer.contributionsBatch(table)]).toEqual(rows.flatMap((row) => Array.from(scorer.contributions(row))));
  });
});
