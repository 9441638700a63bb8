import { createBinner, wholeStrokes, type Binning } from './block-bins.ts';
import type { Dataset } from './dataset.ts';
import type { Model } from './model.ts';
import { BLOCK, SHAP_COLUMN, SHAP_ROWS } from './place.ts';

export interface Batch {
  raw(data: Dataset): Float64Array;
  /** Row after row: one entry a feature and the expected value. */
  contributions(data: Dataset, expected: number): Float64Array;
  /** How many rows fall into each leaf, by tree. */
  leafCounts(data: Dataset): Float64Array[];
}

/** Scores a table block by block: a block's columns to bins, then tree by tree over all of its rows. */
export function createBatch(model: Model, binning: Binning, width: number): Batch {
  const { placed, flat } = binning;
  const { kernel, at } = placed;
  const { depth } = flat;
  const trees = model.trees.length;
  const stride = model.features.length + 1;
  const { bias, scale = 1 } = model;
  const leafBytes = 8 << depth;
  const tableBytes = (8 * width) << depth;

  function eachBlock(data: Dataset, score: (first: number, rows: number) => void): void {
    const fillBins = createBinner(binning, data);
    for (let first = 0; first < data.rows; first += BLOCK) {
      const rows = Math.min(BLOCK, data.rows - first);
      fillBins(first, rows);
      score(first, rows);
    }
  }

  /** The contributions of some rows of the block, from its row `start` on, left in `placed.turned`. */
  function explainRows(start: number, rows: number, expected: number): void {
    const columns = placed.blockContributions;
    columns.fill(0);
    columns.fill(expected, (stride - 1) * SHAP_ROWS, stride * SHAP_ROWS);
    kernel.explainBlock(
      at.blockBins + start,
      BLOCK,
      trees,
      depth,
      at.treeQuestions,
      at.tables,
      tableBytes,
      width,
      at.places,
      wholeStrokes(rows),
      at.leafOf,
      at.blockContributions,
      SHAP_COLUMN,
    );
    kernel.turnBlock(at.blockContributions, SHAP_COLUMN, stride, wholeStrokes(rows), at.turned);
  }

  return {
    raw(data) {
      const scores = new Float64Array(data.rows);
      eachBlock(data, (first, rows) => {
        const { blockBins, treeQuestions, leaves, leafOf, sums } = at;
        kernel.sumBlock(blockBins, BLOCK, trees, depth, treeQuestions, leaves, leafBytes, wholeStrokes(rows), leafOf, sums);
        for (let row = 0; row < rows; row++) scores[first + row] = placed.sums[row]! * scale + bias;
      });
      return scores;
    },
    leafCounts(data) {
      const counts = model.trees.map((tree) => new Float64Array(tree.leaves.length));
      eachBlock(data, (_first, rows) => {
        for (let tree = 0; tree < trees; tree++) {
          const { blockBins, leafOf, leaves, sums } = at;
          const questions = at.treeQuestions + tree * depth * 8;
          kernel.sumBlock(blockBins, BLOCK, 1, depth, questions, leaves, 0, wholeStrokes(rows), leafOf, sums);
          for (let row = 0; row < rows; row++) counts[tree]![placed.leafOf[row]!]!++;
        }
      });
      return counts;
    },
    contributions(data, expected) {
      const found = new Float64Array(data.rows * stride);
      eachBlock(data, (first, rows) => {
        for (let start = 0; start < rows; start += SHAP_ROWS) {
          const some = Math.min(SHAP_ROWS, rows - start);
          explainRows(start, some, expected);
          found.set(placed.turned.subarray(0, some * stride), (first + start) * stride);
        }
      });
      return found;
    },
  };
}
