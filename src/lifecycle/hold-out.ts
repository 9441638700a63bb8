import type { Random } from '../base/index.ts';
import { calibrate, fitCalibration, type Calibration } from '../trees/index.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import type { Learner, StopOn } from './learner.ts';
import { rowsWhere, take } from './rows.ts';
import { segmentReports, type SegmentReport } from './segments.ts';
import { randomFolds, timeOrder, timeWindows, withoutGroupsOf } from './split.ts';
import type { TrainInput } from './train-input.ts';

/** Rows that were scored by models which had not seen them, and their log-odds. */
export interface Unseen {
  rows: Int32Array;
  raw: Float64Array;
}

/** The same, judged. */
export interface HoldOut extends Unseen {
  report: HoldOutReport;
}

export interface HoldOutReport extends Evaluation {
  /** Rows that the judged model was trained on. */
  trainedOn: number;
}

/** Which rows say when to stop, and how random ones are drawn. */
interface Stopping {
  stopOn: StopOn;
  random: Random;
}

interface CrossFit extends HoldOut {
  /** The usual tree count of the folds. */
  trees: number;
  segments: SegmentReport[];
}

const FOLDS = 4;
const STOPPING_SHARE = 8; // one in eight training rows decides when to stop
const CUTS = [0.6, 0.75];

/** Random hold-out: every row is scored by the one of four models that did not see it; `trees` is their usual count. */
export function crossFit(input: TrainInput, learner: Learner, random: Random): CrossFit {
  const { labels, data } = input;
  const { folds, scoreFold } = deal(input, learner, random);
  const raw = new Float64Array(data.rows);
  const counts: number[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const scored = scoreFold(fold, `random hold-out ${fold + 1} of ${FOLDS}`);
    counts.push(scored.trees);
    scored.raw.forEach((value, i) => (raw[scored.rows[i]!] = value));
  }
  const rows = rowsWhere(data.rows, () => true);
  const probability = new Float64Array(data.rows);
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = rows.filter((row) => folds[row] !== fold);
    const calibration = calibrationOf(input, others, take(raw, others));
    for (const row of rows) if (folds[row] === fold) probability[row] = calibrate(calibration, raw[row]!);
  }
  const report = {
    ...evaluate(raw, probability, labels, meanOf(labels)),
    trainedOn: Math.round((data.rows * 3) / FOLDS),
  };
  const segments = input.segments ? segmentReports(input.segments, probability, labels) : [];
  return { report, rows, raw, segments, trees: median(counts) };
}

/** The first of the random folds alone: a quarter of the rows, scored by a model of the others. */
export function scoreOneFold(input: TrainInput, learner: Learner, random: Random, stage: string): Unseen {
  return deal(input, learner, random).scoreFold(0, stage);
}

/** Deals the rows into random folds; a fold is scored by a model of the others, part of which decides when to stop. */
function deal({ data, labels, groups }: TrainInput, learner: Learner, random: Random) {
  const folds = randomFolds(labels, FOLDS, random.fork('folds'), groups);
  const inner = randomFolds(labels, STOPPING_SHARE, random.fork('stopping'), groups);
  const scoreFold = (fold: number, stage: string): Unseen & { trees: number } => {
    const rows = rowsWhere(data.rows, (row) => folds[row] === fold);
    const training = rowsWhere(data.rows, (row) => folds[row] !== fold && inner[row] !== 0);
    const stopping = rowsWhere(data.rows, (row) => folds[row] !== fold && inner[row] === 0);
    const scored = learner.untilBest(stage, training, stopping);
    return { rows, raw: scored.raw(rows), trees: scored.model.trees.length };
  };
  return { folds, scoreFold };
}

/**
 * Time-ordered hold-out: a model trained on the earliest part calibrates on the next, and a model trained on both is
 * judged by the last. When to stop is decided within the earlier parts, by their latest rows or by random ones. Null
 * where a part holds one outcome only, or too little.
 */
export function walkForward(input: TrainInput, learner: Learner, { stopOn, random }: Stopping): HoldOut | null {
  const { labels, times, groups, data } = input;
  const order = timeOrder(data.rows, times);
  const [early, middle, late] = timeWindows(order, CUTS, times) as [Int32Array, Int32Array, Int32Array];
  const first = withoutGroupsOf(early, middle, groups);
  const before = withoutGroupsOf(order.slice(0, early.length + middle.length), late, groups);
  if ([first, middle, before, late].some((rows) => !holdsBoth(labels, rows))) return null;

  const whole =
    stopOn === 'time' && times !== undefined
      ? learner.untilLatest('time-ordered hold-out', before, times)
      : learner.withTrees('time-ordered hold-out', before, treesByChance(input, learner, before, random));
  const trees = Math.max(1, whole.model.trees.length);
  const middleRaw = learner.withTrees('time-ordered hold-out, calibration', first, trees).raw(middle);
  const lateRaw = whole.raw(late);

  const calibration = calibrationOf(input, middle, middleRaw);
  const probability = lateRaw.map((value) => calibrate(calibration, value));
  const judged = evaluate(lateRaw, probability, take(labels, late), meanOf(take(labels, before)));
  const raw = new Float64Array(middle.length + late.length);
  raw.set(middleRaw);
  raw.set(lateRaw, middle.length);
  return { report: { ...judged, trainedOn: before.length }, rows: order.slice(early.length), raw };
}

/** How many trees serve a random eighth of the rows best, learned from the others. */
function treesByChance({ labels, groups }: TrainInput, learner: Learner, rows: Int32Array, random: Random): number {
  const inner = randomFolds(labels, STOPPING_SHARE, random.fork('stopping'), groups);
  const [training, stopping] = [rows.filter((row) => inner[row] !== 0), rows.filter((row) => inner[row] === 0)];
  const { model } = learner.untilBest('time-ordered hold-out, stopping', training, stopping);
  return Math.max(1, model.trees.length);
}

/** The probability curve for rows scored unseen, of the kind that suits them. */
export function calibrationOf({ labels, weights, seed = 0 }: TrainInput, rows: Int32Array, raw: Float64Array): Calibration {
  return fitCalibration(raw, take(labels, rows), { weights: weights && take(weights, rows), seed });
}

function holdsBoth(labels: Float64Array, rows: Int32Array): boolean {
  const positives = rows.reduce((sum, row) => sum + labels[row]!, 0);
  return positives >= 2 && rows.length - positives >= 2;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(counts: readonly number[]): number {
  const sorted = counts.toSorted((a, b) => a - b);
  return Math.max(1, Math.round((sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2));
}
