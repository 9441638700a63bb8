import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { models } from './arbitraries.fixture.ts';
import { shapTable } from './explain.ts';
import type { Tree } from './model.ts';
import { createScorer } from './predict.ts';

/** The definition, read off the page: the value of a coalition, by walking the tree from its root. */
function coalitionValue(tree: Tree, leaf: number, known: ReadonlySet<number>, level = 0, node = 0): number {
  if (level === tree.splits.length) return tree.leaves[node]!;
  const walk = (answer: number): number => coalitionValue(tree, leaf, known, level + 1, node | (answer << level));
  if (known.has(tree.splits[level]!.feature)) return walk((leaf >> level) & 1);
  const no = coverBelow(tree, level + 1, node);
  const yes = coverBelow(tree, level + 1, node | (1 << level));
  return no + yes === 0 ? (walk(0) + walk(1)) / 2 : (no * walk(0) + yes * walk(1)) / (no + yes);
}

function coverBelow(tree: Tree, level: number, node: number): number {
  const mask = (1 << level) - 1;
  return tree.covers.reduce((sum, cover, leaf) => sum + ((leaf & mask) === node ? cover : 0), 0);
}

/** Shapley's value as the mean marginal contribution over all orders in which the features can arrive. */
function shapleyByOrders(tree: Tree, leaf: number, features: readonly number[]): number[] {
  const sums = features.map(() => 0);
  const orders = permutations(features);
  for (const order of orders) {
    const known = new Set<number>();
    let before = coalitionValue(tree, leaf, known);
    for (const feature of order) {
      known.add(feature);
      const after = coalitionValue(tree, leaf, known);
      sums[features.indexOf(feature)]! += after - before;
      before = after;
    }
  }
  return sums.map((sum) => sum / orders.length);
}

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item].concat(rest)),
  );
}

/** Trees over few features, so that features repeat, with leaves that no row reached. */
const trees: fc.Arbitrary<Tree> = fc
  .array(fc.record({ feature: fc.integer({ min: 0, max: 4 }), bin: fc.integer({ min: 0, max: 3 }) }), {
    minLength: 1,
    maxLength: 5,
  })
  .chain((splits) => {
    const size = { minLength: 1 << splits.length, maxLength: 1 << splits.length };
    return fc.record({
      splits: fc.constant(splits),
      leaves: fc.array(fc.double({ min: -5, max: 5, noNaN: true }), size),
      covers: fc.array(fc.constantFrom(0, 0, 0, 1, 7, 1000), size),
    });
  });

describe('shapTable', () => {
  it('equals the definition over all orders of arrival, to 1e-12', () => {
    fc.assert(
      fc.property(trees, fc.nat(), (tree, pick) => {
        const { inputs, values } = shapTable(tree);
        const leaf = pick % tree.leaves.length;
        const expected = shapleyByOrders(tree, leaf, inputs);
        const found = values.subarray(leaf * inputs.length, (leaf + 1) * inputs.length);
        expected.forEach((phi, j) => expect(Math.abs(found[j]! - phi)).toBeLessThan(1e-12));
      }),
      { numRuns: 150 },
    );
  });

  it('adds up to the leaf, with the cover-weighted mean as what is expected', () => {
    fc.assert(
      fc.property(trees, ({ splits, leaves, covers: given }) => {
        const covers = given.map((cover) => cover + 1);
        const { inputs, values, expected } = shapTable({ splits, leaves, covers });
        const total = covers.reduce((sum, cover) => sum + cover, 0);
        const mean = leaves.reduce((sum, value, leaf) => sum + value * covers[leaf]!, 0) / total;
        expect(Math.abs(expected - mean)).toBeLessThan(1e-12);
        leaves.forEach((value, leaf) => {
          const phi = values
            .subarray(leaf * inputs.length, (leaf + 1) * inputs.length)
            .reduce((sum, one) => sum + one, 0);
          expect(Math.abs(expected + phi - value)).toBeLessThan(1e-12);
        });
      }),
    );
  });

  it('gives the depth-8 tree of eight features its additive values', () => {
    const splits = Array.from({ length: 8 }, (_, feature) => ({ feature, bin: 0 }));
    const leaves = Array.from({ length: 256 }, (_, leaf) => leaf); // Σ 2^feature · answer: each input stands for itself
    const { values, expected } = shapTable({ splits, leaves, covers: leaves.map(() => 1) });
    expect(expected).toBe(127.5);
    for (let j = 0; j < 8; j++) {
      expect(values[255 * 8 + j]).toBeCloseTo(2 ** (j - 1), 10);
      expect(values[j]).toBeCloseTo(-(2 ** (j - 1)), 10);
    }
  });
});

describe('contributions', () => {
  it('sum to raw within 1e-9, for every kind of input', () => {
    const number = fc.oneof(fc.double(), fc.constant(null));
    const text = fc.oneof(fc.string(), fc.constant(null));
    fc.assert(
      fc.property(models(), number, text, text, (model, n, c, t) => {
        const scorer = createScorer(model);
        const contributions = scorer.contributions([n, c, t]);
        expect(contributions).toHaveLength(4);
        const sum = contributions.reduce((total, one) => total + one, 0);
        expect(Math.abs(sum - scorer.raw([n, c, t]))).toBeLessThan(1e-9);
      }),
    );
  });
});
