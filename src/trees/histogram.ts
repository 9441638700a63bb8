/** Where the bins of each splittable column lie in a histogram of (gradient, hessian) pairs. */
export interface Layout {
  /** The features that may be split on, ascending. */
  columns: number[];
  /** The first pair of each column, and at the end the number of pairs. */
  starts: number[];
  /** True where splits are `bin > b`; false where they are `bin == b`. */
  ordered: boolean[];
  /** 1 where the score may only rise with the column, -1 where it may only fall, else 0. */
  signs: number[];
}

/** What is known of all columns. */
export interface ColumnShapes {
  binCounts: readonly number[];
  ordered: readonly boolean[];
  signs: readonly number[];
}

export function layOut(columns: number[], { binCounts, ordered, signs }: ColumnShapes): Layout {
  const starts = [0];
  for (const column of columns) starts.push(starts.at(-1)! + binCounts[column]!);
  const pick = <T>(of: readonly T[]): T[] => columns.map((column) => of[column]!);
  return { columns, starts, ordered: pick(ordered), signs: pick(signs) };
}

/** The pairs of a histogram over all columns. */
export function totalBins(binCounts: readonly number[]): number {
  return binCounts.reduce((sum, count) => sum + count, 0);
}
