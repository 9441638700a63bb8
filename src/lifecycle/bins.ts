import type { Column } from '../trees/index.ts';

/** A column cut into few bins without a look at the label: a level each, or quantiles, and one for missing. */
export interface Binned {
  /** The bin of each row, below `count`. */
  bins: Int32Array;
  count: number;
  /** The bin of missing values. */
  missing: number;
}

/** At most `most` quantile bins of a numeric column; the levels of a categorical one. */
export function binColumn(column: Column, most = 20): Binned {
  if (column.kind === 'categorical') {
    const missing = column.levels.length;
    return { bins: column.codes.map((code) => (code < 0 ? missing : code)), count: missing + 1, missing };
  }
  const sorted = Float64Array.from(column.values).filter((value) => !Number.isNaN(value)).toSorted();
  const borders = quantileBorders(sorted, most);
  const missing = borders.length + 1;
  const bins = Int32Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return missing;
    let bin = 0;
    while (bin < borders.length && value >= borders[bin]!) bin++;
    return bin;
  });
  return { bins, count: missing + 1, missing };
}

/** The lowest value has a bin of its own: a count that is mostly zero would else be one bin. */
function quantileBorders(sorted: Float64Array, most: number): number[] {
  const above = sorted.find((value) => value > sorted[0]!);
  if (above === undefined) return [];
  const borders = [above];
  for (let b = 1; b < most; b++) {
    const border = sorted[Math.floor((b * sorted.length) / most)]!;
    if (border > borders.at(-1)!) borders.push(border);
  }
  return borders;
}
