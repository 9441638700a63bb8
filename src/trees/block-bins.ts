import type { Dataset } from './dataset.ts';
import { columnsOf, type Encoder } from './encode.ts';
import type { FlatModel } from './flatten.ts';
import type { ModelFeature } from './model.ts';
import { BLOCK, type PlacedModel } from './place.ts';

/** What turns a table's columns into bins. */
export interface Binning {
  features: readonly ModelFeature[];
  encoders: readonly Encoder[];
  flat: FlatModel;
  placed: PlacedModel;
}

/** Rows that the kernels of a batch take in one stroke: blocks are filled up to a multiple of it. */
const STROKE = 32;

export function wholeStrokes(rows: number): number {
  return Math.ceil(rows / STROKE) * STROKE;
}

/**
 * Fills the block's bins with `rows` (up to BLOCK) rows of the table from row `first` on, slot by slot. What stands
 * beyond the rows, up to a whole stroke, is left over from before. Throws a Fault for a column that is not there.
 */
export function createBinner(
  { features, encoders, flat, placed }: Binning,
  data: Dataset,
): (first: number, rows: number) => void {
  const columns = columnsOf(features, data);
  const encoded = columns.map((column, f) =>
    features[f]!.kind === 'numeric' && column.kind === 'numeric' ? column.values : encoders[f]!.column(column),
  );
  const { kernel, at, column, blockBins } = placed;
  const steps = flat.slots.map(({ input, code, thresholds }, slot) => {
    const feature = features[input]!;
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
        kernel.binColumn(at.column, wholeStrokes(rows), thresholds, count, missing, at.blockBins + bins);
      } else {
        for (let row = 0; row < rows; row++) blockBins[bins + row] = values[first + row] === code ? 0x81 : 0x80;
      }
    }
  };
}
