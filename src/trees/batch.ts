import type { Dataset } from './dataset.ts';
import { columnsOf, type Encoder } from './encode.ts';
import type { FlatModel } from './flatten.ts';
import type { Model } from './model.ts';
import { BLOCK, type PlacedModel } from './place.ts';

export interface Batch {
  raw(data: Dataset): Float64Array;
  /** Row after row: one entry a feature and the expected value. */
  contributions(data: Dataset, expected: number): Float64Array;
  /** How many rows fall into each leaf, by tree. */
  leafCounts(data: Dataset): Float64Array[];
}

interface Parts {
  model: Model;
  flat: FlatModel;
  placed: PlacedModel;
  encoders: readonly Encoder[];
  width: number;
}

/** Scores a table block by block: a block's columns to bins, then tree by tree over all of its rows. */
export function createBatch({ model, flat, placed, encoders, width }: Parts): Batch {
  const { kernel, at } = placed;
  const { depth } = flat;
  const trees = model.trees.length;
  const stride = model.features.length + 1;
  const { bias, scale = 1 } = model;

  function eachBlock(data: Dataset, score: (first: number, rows: number) => void): void {
    const fillBins = createBinner({ model, flat, placed, encoders, width }, data);
    for (let first = 0; first < data.rows; first += BLOCK) {
      const rows = Math.min(BLOCK, data.rows - first);
      fillBins(first, rows);
      score(first, rows);
    }
  }

  return {
    raw(data) {
      const scores = new Float64Array(data.rows);
      const leafBytes = 8 << depth;
      eachBlock(data, (first, rows) => {
        const { blockBins, treeQuestions, leaves, leafOf, sums } = at;
        kernel.sumBlock(blockBins, trees, depth, treeQuestions, leaves, leafBytes, BLOCK, leafOf, sums);
        for (let row = 0; row < rows; row++) scores[first + row] = placed.sums[row]! * scale + bias;
      });
      return scores;
    },
    leafCounts(data) {
      const counts = model.trees.map((tree) => new Float64Array(tree.leaves.length));
      eachBlock(data, (_first, rows) => {
        for (let tree = 0; tree < trees; tree++) {
          const { blockBins, treeQuestions, leafOf, leaves, sums } = at;
          kernel.sumBlock(blockBins, 1, depth, treeQuestions + tree * depth * 8, leaves, 0, BLOCK, leafOf, sums);
          for (let row = 0; row < rows; row++) counts[tree]![placed.leafOf[row]!]!++;
        }
      });
      return counts;
    },
    contributions(data, expected) {
      const found = new Float64Array(data.rows * stride);
      const columns = placed.blockContributions;
      const tableBytes = (8 * width) << depth;
      eachBlock(data, (first, rows) => {
        const { blockBins, treeQuestions, tables, places, leafOf, blockContributions } = at;
        columns.fill(0);
        kernel.explainBlock(
          blockBins,
          trees,
          depth,
          treeQuestions,
          tables,
          tableBytes,
          width,
          places,
          BLOCK,
          leafOf,
          blockContributions,
        );
        turn(columns, found.subarray(first * stride), rows, stride, expected);
      });
      return found;
    },
  };
}

const TILE = 16; // rows whose lines of the cache are written together

/** Columns of a block to rows, with the expected value at the end of each. */
function turn(columns: Float64Array, into: Float64Array, rows: number, stride: number, expected: number): void {
  for (let tile = 0; tile < rows; tile += TILE) {
    const end = Math.min(rows, tile + TILE);
    for (let f = 0; f + 1 < stride; f++) {
      for (let row = tile; row < end; row++) into[row * stride + f] = columns[f * BLOCK + row]!;
    }
    for (let row = tile; row < end; row++) into[row * stride + stride - 1] = expected;
  }
}

/** Fills the bins of a block, slot by slot. */
function createBinner({ model, flat, placed, encoders }: Parts, data: Dataset): (first: number, rows: number) => void {
  const columns = columnsOf(model.features, data);
  const encoded = columns.map((column, f) =>
    model.features[f]!.kind === 'numeric' && column.kind === 'numeric' ? column.values : encoders[f]!.column(column),
  );
  const { kernel, at, column, blockBins } = placed;
  const steps = flat.slots.map(({ input, code, thresholds }, slot) => {
    const feature = model.features[input]!;
    return {
      values: encoded[input]!,
      code,
      count: thresholds.length,
      thresholds: at.thresholds + 4 * flat.firstThreshold[slot]!,
      missing: feature.kind === 'numeric' && feature.missing === 'low' ? -Infinity : Infinity,
      bins: slot * BLOCK,
    };
  });
  return (first, rows) => {
    for (const { values, code, count, thresholds, missing, bins } of steps) {
      if (code === null) {
        column.set(values.subarray(first, first + rows));
        kernel.binColumn(at.column, BLOCK, thresholds, count, missing, at.blockBins + bins);
      } else {
        for (let row = 0; row < rows; row++) blockBins[bins + row] = values[first + row] === code ? 0x81 : 0x80;
      }
    }
  };
}
