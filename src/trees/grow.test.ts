import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Gradients } from './gradient.ts';
import { updateGradients } from './log-loss.ts';
import { growSplits, leavesOf } from './grow.ts';
import type { Layout } from './histogram.ts';
import type { Split } from './model.ts';
import type { Bins } from './prepare.ts';

const L2 = 1.5;
const LAYOUT: Layout = { columns: [0, 1, 2], starts: [0, 4, 8, 12], ordered: [true, false, true] };
const ALL_SPLITS: Split[] = [0, 1, 2].flatMap((feature) => [0, 1, 2, 3].map((bin) => ({ feature, bin })));

interface Table {
  bins: Bins;
  gradients: Gradients;
}

/** Rows of three columns of four bins, the second unordered, with gradients of any size. */
const tables: fc.Arbitrary<Table> = fc
  .array(
    fc.tuple(
      ...[0, 1, 2].map(() => fc.nat({ max: 3 })),
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.constantFrom(0, 1),
    ),
    {
      minLength: 1,
      maxLength: 60,
    },
  )
  .map((rows) => {
    const bins = { rows: rows.length, width: 3, data: Uint8Array.from(rows.flatMap((row) => row.slice(0, 3))) };
    const gradients = { gradient: new Float64Array(rows.length), hessian: new Float64Array(rows.length) };
    const [raw, labels] = [3, 4].map((i) => Float64Array.from(rows, (row) => row[i]!)) as [Float64Array, Float64Array];
    updateGradients(gradients, raw, labels, new Float64Array(rows.length).fill(1));
    return { bins, gradients };
  });

/** Σ G² / (H + l2) over the leaves that the splits make, by adding up rows. */
function quality(splits: readonly Split[], { bins, gradients }: Table): number {
  const sums = new Map<number, { g: number; h: number }>();
  leavesOf(splits, bins, LAYOUT.ordered).forEach((leaf, row) => {
    const { g, h } = sums.get(leaf) ?? { g: 0, h: 0 };
    sums.set(leaf, { g: g + gradients.gradient[row]!, h: h + gradients.hessian[row]! });
  });
  return [...sums.values()].reduce((total, { g, h }) => total + (g * g) / (h + L2), 0);
}

const grown = ({ bins, gradients }: Table, depth: number): Split[] =>
  growSplits({
    bins,
    layout: LAYOUT,
    gradients,
    rows: Uint32Array.from({ length: bins.rows }, (_, i) => i),
    depth,
    l2: L2,
  });

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

  it('breaks ties by the first column and the lowest bin', () => {
    const bins = { rows: 4, width: 3, data: Uint8Array.of(0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 3, 3) };
    const gradients = { gradient: Float64Array.of(-0.5, -0.5, 0.5, 0.5), hessian: new Float64Array(4).fill(0.25) };
    expect(grown({ bins, gradients }, 3)).toEqual([{ feature: 0, bin: 0 }]);
  });
});

describe('leavesOf', () => {
  it('puts the outcome of the first split into the lowest bit', () => {
    const bins = { rows: 4, width: 3, data: Uint8Array.of(0, 0, 0, 3, 0, 0, 0, 2, 0, 3, 2, 0) };
    const splits = [
      { feature: 0, bin: 1 },
      { feature: 1, bin: 2 },
    ];
    expect([...leavesOf(splits, bins, LAYOUT.ordered)]).toEqual([0, 1, 2, 3]);
  });
});
