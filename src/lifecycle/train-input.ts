import { Fault } from '../base/index.ts';
import type { Dataset } from '../trees/index.ts';
import type { Segments } from './segments.ts';

/** What a model is trained on: a table, its outcomes, and what is known about its rows. */
export interface TrainInput {
  data: Dataset;
  /** 0 or 1 a row. */
  labels: Float64Array;
  /** When each row is as of, ms; without them the order of the rows counts as time order for the report alone. */
  times?: Float64Array;
  /** The column that the times stand in: its inputs move with time by nature, and no warning says so. */
  timeColumn?: string;
  /** They shape the model and its calibration; the report counts every row once. */
  weights?: Float64Array;
  /** Rows of one group (say, one lead at several moments) never stand on both sides of a split. */
  groups?: Int32Array;
  /** The report says for each segment whether the probabilities hold there; the model does not see it. */
  segments?: Segments;
  seed?: number;
}

/** Fewer rows of an outcome than this cannot be split into folds that mean anything. */
export const FEWEST = 8;

/** Throws a Fault unless every array has one entry a row and both outcomes have enough rows. */
export function checkTrainInput({ data, labels, times, weights, groups }: TrainInput): void {
  for (const [name, values] of Object.entries({ labels, times, weights, groups })) {
    if (values === undefined || values.length === data.rows) continue;
    throw input(`${values.length} ${name}`, `the table has ${data.rows} rows`, `give one of the ${name} a row`);
  }
  if (data.columns.length === 0)
    throw input('a table without columns', 'nothing is left to learn from', 'keep more columns');
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const fewer = Math.min(positives, data.rows - positives);
  if (fewer >= FEWEST) return;
  const found = `${fewer} rows of the rarer outcome (of ${data.rows})`;
  throw input(found, `training needs at least ${FEWEST} of each`, 'give more rows');
}

function input(value: string, rule: string, remedy: string): Fault {
  return new Fault({ kind: 'input', value, rule, remedy });
}
