import type { FlatModel } from './flatten.ts';
import { createScoreKernel, type ScoreKernel } from './kernels/score.ts';

/** Rows whose bins a batch holds at a time. */
export const BLOCK = 1024;
/** Rows that are explained at a time: their contributions stay in the nearest caches; and the bytes of a column of them. */
export const SHAP_ROWS = 128;
export const SHAP_COLUMN = 8 * SHAP_ROWS;

/** A flat model in a kernel's memory: the addresses of what the kernels read and write. */
export interface PlacedModel {
  kernel: ScoreKernel;
  at: Record<Area, number>;
  /** Float32, one a slot, and one more that nothing reads. */
  values: Float32Array;
  /** One byte a slot. */
  bins: Uint8Array;
  /** One leaf a tree. */
  leafOf: Uint8Array;
  /** One contribution a feature, the expected value, and one that nothing reads. */
  contributions: Float64Array;
  /** A block of values of one column; the bins of a block, column by column; its sums. */
  column: Float64Array;
  blockBins: Uint8Array;
  sums: Float64Array;
  /** Contributions of SHAP_ROWS rows: column by column, one more that nothing reads; and row by row. */
  blockContributions: Float64Array;
  turned: Float64Array;
  /** Filled at the first explanation: lines of SHAP values, and where in the contributions they go. */
  tables: Float64Array;
  places: Int32Array;
}

type Area =
  | 'quadLengths'
  | 'quadThresholds'
  | 'thresholds'
  | 'groupQuestions'
  | 'treeQuestions'
  | 'leaves'
  | 'values'
  | 'bins'
  | 'leafOf'
  | 'contributions'
  | 'column'
  | 'blockBins'
  | 'blockContributions'
  | 'sums'
  | 'turned'
  | 'tables'
  | 'places';

/** `width` is the number of entries of a line of the SHAP tables, `inputs` that of the model's features. */
export function placeModel(flat: FlatModel, trees: number, width: number, inputs: number): PlacedModel {
  const slots = flat.blocks * 16;
  const sizes: Record<Area, number> = {
    quadLengths: flat.quadLengths.byteLength,
    quadThresholds: flat.quadThresholds.byteLength,
    thresholds: flat.thresholds.byteLength,
    groupQuestions: flat.groupQuestions.byteLength,
    treeQuestions: flat.treeQuestions.byteLength,
    leaves: flat.leaves.byteLength,
    values: 4 * (slots + 1),
    bins: Math.max(64, slots),
    leafOf: Math.max(BLOCK, flat.groups * 16),
    contributions: 8 * (inputs + 2),
    column: 8 * BLOCK,
    blockBins: slots * BLOCK,
    blockContributions: SHAP_COLUMN * (inputs + 2),
    sums: 8 * BLOCK,
    turned: 8 * ((inputs + 1) * SHAP_ROWS + 1),
    tables: 8 * width * (trees << flat.depth),
    places: 4 * trees * width,
  };
  let end = 64;
  const at = {} as Record<Area, number>;
  for (const area of Object.keys(sizes) as Area[]) {
    at[area] = end;
    end = Math.ceil((end + sizes[area]) / 64) * 64; // a cache line each
  }
  const kernel = createScoreKernel(end);
  const { buffer } = kernel.memory;
  new Int32Array(buffer, at.quadLengths).set(flat.quadLengths);
  new Float32Array(buffer, at.quadThresholds).set(flat.quadThresholds);
  new Float32Array(buffer, at.thresholds).set(flat.thresholds);
  new Uint8Array(buffer, at.groupQuestions).set(flat.groupQuestions);
  new Int32Array(buffer, at.treeQuestions).set(flat.treeQuestions);
  new Float64Array(buffer, at.leaves).set(flat.leaves);
  const doubles = (area: Area): Float64Array => new Float64Array(buffer, at[area], sizes[area] / 8);
  const bytes = (area: Area): Uint8Array => new Uint8Array(buffer, at[area], sizes[area]);
  return {
    kernel,
    at,
    values: new Float32Array(buffer, at.values, slots + 1),
    bins: bytes('bins').subarray(0, slots),
    leafOf: bytes('leafOf'),
    contributions: doubles('contributions'),
    column: doubles('column'),
    blockBins: bytes('blockBins'),
    blockContributions: doubles('blockContributions'),
    sums: doubles('sums'),
    turned: doubles('turned'),
    tables: doubles('tables'),
    places: new Int32Array(buffer, at.places, sizes.places / 4),
  };
}
