/** Where the bins of each splittable column lie in a histogram of (gradient, hessian) pairs. */
export interface Layout {
  /** The features that may be split on, ascending. */
  columns: number[];
  /** The first pair of each column, and at the end the number of pairs. */
  starts: number[];
  /** True where splits are `bin > b`; false where they are `bin == b`. */
  ordered: boolean[];
}

export function layOut(columns: number[], binCounts: readonly number[], ordered: readonly boolean[]): Layout {
  const starts = [0];
  for (const column of columns) starts.push(starts.at(-1)! + binCounts[column]!);
  return { columns, starts, ordered: columns.map((column) => ordered[column]!) };
}

/** The pairs of a histogram over all columns. */
export function totalBins(binCounts: readonly number[]): number {
  return binCounts.reduce((sum, count) => sum + count, 0);
}
