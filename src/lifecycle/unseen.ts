import type { Random } from '../base/index.ts';
import type { Learner, StopOn } from './learner.ts';
import { rowsWhere } from './rows.ts';
import { randomFolds, timeOrder, timeWindows, valueFolds, withoutGroupsOf } from './split.ts';
import type { TrainInput } from './train-input.ts';

/** Rows that were scored by models which had not seen them, and their raw scores. */
export interface Unseen {
  rows: Int32Array;
  raw: Float64Array;
}

/** Every row, scored by the one of four models that did not see it. */
export interface UnseenByChance extends Unseen {
  /** The fold of each row. */
  folds: Int32Array;
  /** The usual tree count of the four. */
  trees: number;
}

/** Two later windows, each scored by a model of the rows before it. */
export interface UnseenInTime {
  /** All rows before the late window. */
  before: Int32Array;
  middle: Unseen;
  late: Unseen;
}

/** Which rows say when to stop, and how random ones are drawn. */
export interface Stopping {
  stopOn: StopOn;
  random: Random;
}

export const FOLDS = 4;
const STOPPING_SHARE = 8; // one in eight training rows decides when to stop
const CUTS = [0.6, 0.75];

/** Scores every row by a model of the other three quarters. */
export function scoreByChance(input: TrainInput, learner: Learner, random: Random): UnseenByChance {
  const { folds, scoreFold } = deal(input, learner, random);
  const raw = new Float64Array(input.data.rows);
  const counts: number[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const scored = scoreFold(fold, `random hold-out ${fold + 1} of ${FOLDS}`);
    counts.push(scored.trees);
    scored.raw.forEach((value, i) => (raw[scored.rows[i]!] = value));
  }
  return { folds, rows: rowsWhere(input.data.rows, () => true), raw, trees: median(counts) };
}

/** The first of the random folds alone: a quarter of the rows, scored by a model of the others. */
export function scoreOneFold(input: TrainInput, learner: Learner, random: Random, stage: string): Unseen {
  return deal(input, learner, random).scoreFold(0, stage);
}

/** Deals the rows into random folds; a fold is scored by a model of the others, part of which decides when to stop. */
function deal(input: TrainInput, learner: Learner, random: Random) {
  const { rows: count } = input.data;
  const folds = dealt(input, FOLDS, random.fork('folds'));
  const inner = dealt(input, STOPPING_SHARE, random.fork('stopping'));
  const scoreFold = (fold: number, stage: string): Unseen & { trees: number } => {
    const rows = rowsWhere(count, (row) => folds[row] === fold);
    const training = rowsWhere(count, (row) => folds[row] !== fold && inner[row] !== 0);
    const stopping = rowsWhere(count, (row) => folds[row] !== fold && inner[row] === 0);
    const scored = learner.untilBest(stage, training, stopping);
    return { rows, raw: scored.raw(rows), trees: scored.model.trees.length };
  };
  return { folds, scoreFold };
}

function dealt({ labels, groups, loss }: TrainInput, folds: number, random: Random): Int32Array {
  return (loss === undefined ? randomFolds : valueFolds)(labels, folds, random, groups);
}

/**
 * Scores the last two windows in time, each by a model of the rows before it. When to stop is decided within the rows
 * before the late window, by their latest ones or by random ones. Null where a part holds one label only, or too little.
 */
export function scoreInTime(input: TrainInput, learner: Learner, { stopOn, random }: Stopping): UnseenInTime | null {
  const { labels, times, groups, data } = input;
  const order = timeOrder(data.rows, times);
  const [early, middle, late] = timeWindows(order, CUTS, times) as [Int32Array, Int32Array, Int32Array];
  const first = withoutGroupsOf(early, middle, groups);
  const before = withoutGroupsOf(order.slice(0, early.length + middle.length), late, groups);
  if ([first, middle, before, late].some((rows) => !isVaried(labels, rows))) return null;

  const whole =
    stopOn === 'time' && times !== undefined
      ? learner.untilLatest('time-ordered hold-out', before, times)
      : learner.withTrees('time-ordered hold-out', before, treesByChance(input, learner, before, random));
  const trees = Math.max(1, whole.model.trees.length);
  const middleRaw = learner.withTrees('time-ordered hold-out, calibration', first, trees).raw(middle);
  return { before, middle: { rows: middle, raw: middleRaw }, late: { rows: late, raw: whole.raw(late) } };
}

/** How many trees serve a random eighth of the rows best, learned from the others. */
function treesByChance(input: TrainInput, learner: Learner, rows: Int32Array, random: Random): number {
  const inner = dealt(input, STOPPING_SHARE, random.fork('stopping'));
  const [training, stopping] = [rows.filter((row) => inner[row] !== 0), rows.filter((row) => inner[row] === 0)];
  const { model } = learner.untilBest('time-ordered hold-out, stopping', training, stopping);
  return Math.max(1, model.trees.length);
}

/** At least two rows differ from the commonest label, and two do not. */
function isVaried(labels: Float64Array, rows: Int32Array): boolean {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(labels[row]!, (counts.get(labels[row]!) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return rows.length >= 4 && rows.length - most >= 2;
}

function median(counts: readonly number[]): number {
  const sorted = counts.toSorted((a, b) => a - b);
  return Math.max(1, Math.round((sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2));
}
