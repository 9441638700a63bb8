import type { Gradients } from './gradient.ts';
import type { Bins } from './prepare.ts';

/** Where the bins of each splittable column lie in a histogram of (gradient, hessian) pairs. */
export interface Layout {
  /** The features that may be split on, ascending. */
  columns: number[];
  /** The first pair of each column, and at the end the number of pairs. */
  starts: number[];
  /** True where splits are `bin > b`; false where they are `bin == b`. */
  ordered: boolean[];
}

/** Adds the rows of one node to a histogram: sums of gradient and hessian by column and bin, interleaved. */
export function addRows(
  histogram: Float64Array,
  layout: Layout,
  bins: Bins,
  { gradient, hessian }: Gradients,
  rows: Uint32Array,
): void {
  const { data, width } = bins;
  const columns = Int32Array.from(layout.columns);
  const starts = Int32Array.from(layout.starts);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const g = gradient[row]!;
    const h = hessian[row]!;
    const base = row * width;
    for (let c = 0; c < columns.length; c++) {
      const at = 2 * (starts[c]! + data[base + columns[c]!]!);
      histogram[at] = histogram[at]! + g;
      histogram[at + 1] = histogram[at + 1]! + h;
    }
  }
}

/** Takes one child out of its parent's histogram and so leaves the other's: exact, because the sums are. */
export function subtract(parent: Float64Array, child: Float64Array): void {
  for (let i = 0; i < parent.length; i++) parent[i] = parent[i]! - child[i]!;
}
