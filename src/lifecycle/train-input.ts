import { Fault } from '../base/index.ts';
import type { Dataset } from '../trees/index.ts';
import type { Segments } from './segments.ts';

/** What a model is trained on: a table, its outcomes, and what is known about its rows. */
export interface TrainInput {
  data: Dataset;
  /** 0 or 1 a row; a number a row where there is a `loss` for numbers. */
  labels: Float64Array;
  /** What is minimised where the labels are numbers. */
  loss?: NumberLoss;
  /** When each row is as of, ms; without them the order of the rows counts as time order for the report alone. */
  times?: Float64Array;
  /** The column that the times stand in: its inputs move with time by nature, and no warning says so. */
  timeColumn?: string;
  /** They shape the model and its calibration; the report counts every row once. */
  weights?: Float64Array;
  /** Rows of one group (say, one lead at several moments) never stand on both sides of a split. */
  groups?: Int32Array;
  /** The points of the rules in force: what they tell of the outcome is learned first, and the model is compared with them. */
  points?: Float64Array;
  /** The report says for each segment whether the probabilities hold there; the model does not see it. */
  segments?: Segments;
  seed?: number;
}

/** Losses of numbers: the root of the mean squared error, and the Tweedie deviance for amounts of which many are 0. */
export type NumberLoss = 'rmse' | 'tweedie';

/** A table whose labels are numbers. */
export type NumberInput = TrainInput & { loss: NumberLoss };

/** Fewer rows of an outcome than this cannot be split into folds that mean anything. */
export const FEWEST = 8;

/** Throws a Fault unless every array has one entry a row and both outcomes have enough rows. */
export function checkTrainInput(given: TrainInput): void {
  checkShape(given);
  const { data, labels } = given;
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const fewer = Math.min(positives, data.rows - positives);
  if (fewer >= FEWEST) return;
  const found = `${fewer} rows of the rarer outcome (of ${data.rows})`;
  throw input(found, `training needs at least ${FEWEST} of each`, 'give more rows');
}

/** Throws a Fault unless every array has one entry a row and there are enough numbers that differ, none below what the loss takes. */
export function checkNumberInput(given: NumberInput): void {
  checkShape(given);
  const { data, labels, loss } = given;
  const negative = loss === 'tweedie' ? labels.find((label) => label < 0) : undefined;
  if (negative !== undefined) throw input(`label ${negative}`, 'a Tweedie model is of amounts, which are at least 0', 'use --loss rmse');
  if (data.rows < 2 * FEWEST) throw input(`${data.rows} rows`, `training needs at least ${2 * FEWEST}`, 'give more rows');
  if (labels.every((label) => label === labels[0])) throw input(`${labels[0]} in every row`, 'there is nothing to foretell', 'name another label');
}

function checkShape({ data, labels, times, weights, groups, points }: TrainInput): void {
  for (const [name, values] of Object.entries({ labels, times, weights, groups, points })) {
    if (values === undefined || values.length === data.rows) continue;
    throw input(`${values.length} ${name}`, `the table has ${data.rows} rows`, `give one of the ${name} a row`);
  }
  if (data.columns.length === 0)
    throw input('a table without columns', 'nothing is left to learn from', 'keep more columns');
}

function input(value: string, rule: string, remedy: string): Fault {
  return new Fault({ kind: 'input', value, rule, remedy });
}
