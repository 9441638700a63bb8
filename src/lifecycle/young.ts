import type { SubjectId } from '../events/index.ts';
import type { Dataset } from '../trees/index.ts';

/** The first sample of each record of which no sample is ripe: what became of it is not settled, but something of it is known. */
export interface Young {
  readonly data: Dataset;
  /** When each was taken, ms. */
  readonly times: Float64Array;
  readonly subjects: readonly SubjectId[];
}

export interface SampleMarks {
  /** By row, in order of time; the same number for the same record. */
  readonly subjects: ArrayLike<unknown>;
  /** Whether the horizon of a row is over. */
  readonly isRipe: (row: number) => boolean;
}

/** The rows of the young, ascending. */
export function youngRows({ subjects, isRipe }: SampleMarks): Int32Array {
  const settled = new Set<unknown>();
  for (let row = 0; row < subjects.length; row++) if (isRipe(row)) settled.add(subjects[row]);
  const rows: number[] = [];
  for (let row = 0; row < subjects.length; row++) {
    if (settled.has(subjects[row])) continue;
    settled.add(subjects[row]);
    rows.push(row);
  }
  return Int32Array.from(rows);
}
