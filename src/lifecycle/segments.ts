import type { Estimate } from './auc.ts';
import { calibrationBins, wilson } from './evaluate.ts';
import { calibrationError } from './calibration-error.ts';
import { take } from './rows.ts';

/** A column whose values divide the report, not the model: one index into `levels` a row, -1 where there is none. */
export interface Segments {
  column: string;
  levels: string[];
  codes: Int32Array;
}

/** Whether the probabilities hold for the rows of one segment. */
export interface SegmentReport {
  segment: string;
  rows: number;
  /** Mean probability that was said. */
  predicted: number;
  /** Share of positives that was seen, with Wilson's 95 % interval. */
  observed: Estimate;
  calibrationError: number;
}

const MOST = 20; // segments reported, the largest first

/** Said against seen by segment; all are rows scored unseen. */
export function segmentReports(
  { levels, codes }: Segments,
  probability: Float64Array,
  labels: Float64Array,
): SegmentReport[] {
  const rowsOf = Map.groupBy(codes.keys(), (row) => codes[row]!);
  const largest = [...rowsOf].filter(([code]) => code >= 0).toSorted((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  return largest.slice(0, MOST).map(([code, members]) => {
    const rows = Int32Array.from(members);
    const [said, seen] = [take(probability, rows), take(labels, rows)];
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
    return {
      segment: levels[code]!,
      rows: rows.length,
      predicted: sum(said) / rows.length,
      observed: wilson(sum(seen), rows.length),
      calibrationError: calibrationError(calibrationBins(said, seen)),
    };
  });
}
