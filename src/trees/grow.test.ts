import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Encoded } from './bins.ts';
import { createField, type Field } from './field.ts';
import type { Gradients } from './gradient.ts';
import { growSplits } from './grow.ts';
import type { Layout } from './histogram.ts';
import type { Loss } from './loss.ts';
import type { ModelFeature, Split } from './model.ts';

const L2 = 1.5;
const LAYOUT: Layout = { columns: [0, 1, 2], starts: [0, 4, 8, 12], ordered: [true, false, true], signs: [0, 0, 0] };
const ALL_SPLITS: Split[] = [0, 1, 2].flatMap((feature) => [0, 1, 2, 3].map((bin) => ({ feature, bin })));

interface Table {
  bins: { rows: number; columns: Uint8Array[] };
  gradients: Gradients;
}

/** Rows of three columns of four bins, the second unordered, with gradients that histograms keep all bits of. */
const tables: fc.Arbitrary<Table> = fc
  .array(
    fc.tuple(
      ...[0, 1, 2].map(() => fc.nat({ max: 3 })),
      fc.integer({ min: -1000, max: 1000 }),
      fc.integer({ min: 1, max: 1000 }),
    ),
    { minLength: 1, maxLength: 60 },
  )
  .map((rows) => ({
    bins: { rows: rows.length, columns: [0, 1, 2].map((f) => Uint8Array.from(rows, (row) => row[f]!)) },
    gradients: {
      gradient: Float64Array.from(rows, (row) => row[3]! / 1024),
      hessian: Float64Array.from(rows, (row) => row[4]! / 4096),
    },
  }));

/** The leaf of every row: bit l is the outcome of split l. */
function leavesOf(splits: readonly Split[], { rows, columns }: Table['bins']): number[] {
  return Array.from({ length: rows }, (_, row) =>
    splits.reduce((leaf, { feature, bin }, level) => {
      const value = columns[feature]![row]!;
      return leaf | (Number(LAYOUT.ordered[feature] ? value > bin : value === bin) << level);
    }, 0),
  );
}

/** Σ G² / (H + l2) over the leaves that the splits make, by adding up rows. */
function quality(splits: readonly Split[], { bins, gradients }: Table): number {
  const sums = new Map<number, { g: number; h: number }>();
  leavesOf(splits, bins).forEach((leaf, row) => {
    const { g, h } = sums.get(leaf) ?? { g: 0, h: 0 };
    sums.set(leaf, { g: g + gradients.gradient[row]!, h: h + gradients.hessian[row]! });
  });
  return [...sums.values()].reduce((total, { g, h }) => total + (g * g) / (h + L2), 0);
}

/** The table's rows, bins as they are, cut into shards of so many rows. */
function fieldOf({ bins, gradients }: Table, shardRows: number): Field {
  const field = createField(bins.rows, 3, { shardRows });
  const numeric: ModelFeature = { kind: 'numeric', name: 'n', borders: [0, 1, 2], missing: 'low' };
  const oneHot: ModelFeature = { kind: 'one-hot', name: 'o', levels: ['a', 'b', 'c'] };
  bins.columns.forEach((column, f) => field.fill(f, f === 1 ? oneHot : numeric, Int32Array.from(column) as Encoded));
  const loss: Loss = {
    start: () => 0,
    value: () => 0,
    update(out) {
      out.gradient.set(gradients.gradient);
      out.hessian.set(gradients.hessian);
    },
  };
  field.settle(new Float64Array(bins.rows).fill(1), loss, 12);
  field.derive();
  return field;
}

const grown = (table: Table, depth: number, shardRows = Infinity): Split[] => {
  const field = fieldOf(table, shardRows);
  field.plant();
  return growSplits({ field, layout: LAYOUT, depth, l2: L2 });
};

describe('growSplits', () => {
  it('takes at every level a split that no other beats, and stops only where none helps', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 1, max: 5 }), (table, depth) => {
        const splits = grown(table, depth);
        for (let level = 0; level <= splits.length; level++) {
          const above = splits.slice(0, level);
          const best = Math.max(...ALL_SPLITS.map((split) => quality([...above, split], table)));
          if (level < splits.length) expect(quality(splits.slice(0, level + 1), table)).toBeCloseTo(best, 9);
          else if (level < depth) expect(quality(above, table)).toBeCloseTo(best, 9);
        }
      }),
    );
  });

  it('grows the same tree however rows are cut into shards', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 1, max: 60 }), (table, shardRows) => {
        expect(grown(table, 4, shardRows)).toEqual(grown(table, 4));
      }),
      { numRuns: 30 },
    );
  });

  it('breaks ties by the first column and the lowest bin', () => {
    const columns = [Uint8Array.of(0, 0, 3, 3), Uint8Array.of(0, 0, 3, 3), Uint8Array.of(0, 0, 3, 3)];
    const gradients = { gradient: Float64Array.of(-0.5, -0.5, 0.5, 0.5), hessian: new Float64Array(4).fill(0.25) };
    expect(grown({ bins: { rows: 4, columns }, gradients }, 3)).toEqual([{ feature: 0, bin: 0 }]);
  });
});

describe('the leaf of a row', () => {
  it('puts the outcome of the first split into the lowest bit', () => {
    const bins = { rows: 4, columns: [Uint8Array.of(0, 3, 0, 3), Uint8Array.of(0, 0, 2, 2), new Uint8Array(4)] };
    const splits = [
      { feature: 0, bin: 1 },
      { feature: 1, bin: 2 },
    ];
    const table = { bins, gradients: { gradient: Float64Array.of(1, 2, 4, 8), hessian: new Float64Array(4).fill(1) } };
    const field = fieldOf(table, 4);
    field.derive();
    expect([...field.totals(splits, LAYOUT.ordered).gradient]).toEqual([1, 2, 4, 8]);
  });
});
