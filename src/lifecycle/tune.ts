import { exp, log, random, sigmoid, type Clock, type Random } from '../base/index.ts';
import { meanSurprise } from './evaluate.ts';
import { createLearner, type TrainOptions } from './learner.ts';
import { rowsWhere, take } from './rows.ts';
import { randomFolds, timeOrder, timeWindows, withoutGroupsOf } from './split.ts';
import type { TrainInput } from './train-input.ts';

/** What a search may set. */
export type Tuned = NonNullable<TrainOptions['options']>;

export interface TuneOptions extends TrainOptions {
  /** The most settings to try, the defaults among them. */
  trials?: number;
  /** No further setting is tried after this many seconds. How many are tried then depends on the machine. */
  seconds?: number;
  clock: Clock;
}

export interface Tuning {
  /** Settings tried, the defaults among them. */
  trials: number;
  /** The best of them; empty where none beat the defaults. */
  options: Tuned;
  /** Mean log-loss of the best and of the defaults on the rows that judged. */
  loss: number;
  lossOfDefaults: number;
}

/** Rows that a trial learns from, and later or other rows that judge it. */
interface Fold {
  training: Int32Array;
  judge: Int32Array;
}

const FOLDS = 3;
const LATE = 0.25; // the last quarter is for the time-ordered hold-out alone: the search never sees it
const WINDOWS = [0.5, 0.75];

/**
 * Searches settings at random, seeded, the defaults first. With times, a trial learns from the earlier rows and is
 * judged by the next window, twice; without, by three random folds. The last quarter in order is left out, so the
 * time-ordered hold-out stays unseen. Stops at whichever of the two budgets is used up first, 20 trials by default.
 */
export function tune(input: TrainInput, { trials = 20, seconds = Infinity, clock, onProgress, signal }: TuneOptions): Tuning {
  const { labels, seed = 0 } = input;
  const folds = input.times === undefined ? randomly(input) : inTime(input);
  const source = random(seed).fork('tune');
  const end = clock() + seconds * 1_000;
  let [best, bestLoss, first, tried]: [Tuned, number, number, number] = [{}, Infinity, NaN, 0];
  for (; tried < trials && (tried === 0 || clock() < end); tried++) {
    const options = tried === 0 ? {} : draw(source.fork(tried));
    const learner = createLearner(input, { onProgress, signal, options });
    const stage = `tuning, setting ${tried + 1} of at most ${trials}`;
    const losses = folds.map(({ training, judge }) => {
      const { raw } = learner.untilBest(stage, training, judge);
      return meanSurprise(raw(judge).map(sigmoid), take(labels, judge));
    });
    const loss = losses.reduce((sum, value) => sum + value, 0) / losses.length;
    if (tried === 0) first = loss;
    if (loss < bestLoss) [best, bestLoss] = [options, loss];
  }
  return { trials: tried, options: best, loss: bestLoss, lossOfDefaults: first };
}

/** One setting; the rates are drawn evenly in their logarithm. */
function draw(source: Random): Tuned {
  const between = (low: number, high: number): number => low * exp(source.uniform() * log(high / low));
  return {
    depth: 3 + source.below(5),
    learningRate: rounded(between(0.02, 0.15)),
    l2: rounded(between(0.5, 30)),
    columnSample: source.pick([0.3, 0.5, 0.7, 1]),
    subsample: source.pick([0.5, 0.7, 1]),
  };
}

/** Two figures, as a person would write them. */
function rounded(value: number): number {
  return Number(value.toPrecision(2));
}

function early({ data, times }: TrainInput): Int32Array {
  return timeWindows(timeOrder(data.rows, times), [1 - LATE], times)[0]!;
}

function randomly(input: TrainInput): Fold[] {
  const { labels, groups, seed = 0 } = input;
  const dealt = randomFolds(labels, FOLDS, random(seed).fork('tuning folds'), groups);
  const rows = early(input);
  const folds = Array.from({ length: FOLDS }, (_, fold) => ({
    training: rows.filter((row) => dealt[row] !== fold),
    judge: rows.filter((row) => dealt[row] === fold),
  }));
  return judgeable(folds, input);
}

function inTime(input: TrainInput): Fold[] {
  const { times, groups } = input;
  const rows = early(input);
  const [first, second, third] = timeWindows(rows, WINDOWS, times) as [Int32Array, Int32Array, Int32Array];
  const folds = [
    { training: withoutGroupsOf(first, second, groups), judge: second },
    { training: withoutGroupsOf(rows.slice(0, first.length + second.length), third, groups), judge: third },
  ];
  return judgeable(folds, input);
}

/** The folds whose two parts hold both outcomes; where none does, random folds of all rows. */
function judgeable(folds: readonly Fold[], { labels, seed = 0 }: TrainInput): Fold[] {
  const holdsBoth = (rows: Int32Array): boolean => new Set(take(labels, rows)).size === 2;
  const good = folds.filter(({ training, judge }) => holdsBoth(training) && holdsBoth(judge));
  if (good.length > 0) return good;
  const dealt = randomFolds(labels, FOLDS, random(seed).fork('tuning folds'));
  return [
    {
      training: rowsWhere(labels.length, (row) => dealt[row] !== 0),
      judge: rowsWhere(labels.length, (row) => dealt[row] === 0),
    },
  ];
}
