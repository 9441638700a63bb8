import { random } from '../base/index.ts';
import { percentilesOf, predictionOf } from '../bundle/index.ts';
import type { Model } from '../trees/index.ts';
import { rateOverTime } from './drift.ts';
import { importanceOf, type Importance } from './importance.ts';
import { createLearner, type TrainOptions } from './learner.ts';
import { evaluateNumbers } from './number-evaluate.ts';
import type { NumberMetrics, NumberReport } from './number-metrics.ts';
import { numberWarnings } from './number-warnings.ts';
import { rowsWhere, take } from './rows.ts';
import { timeOrder } from './split.ts';
import { checkNumberInput, type NumberInput } from './train-input.ts';
import { FOLDS, scoreByChance, scoreInTime, type Unseen } from './unseen.ts';
import type { Warning } from './warning.ts';

/** A model of a number. It has no probability, so no calibration. */
export interface TrainedNumber {
  kind: 'number';
  model: Model;
  /** Up to 1,001 ascending quantiles of `raw` on rows scored unseen. */
  percentiles: Float64Array;
  metrics: NumberMetrics;
  warnings: Warning[];
  importance: Importance[];
}

/**
 * Trains a model of a number as `trainModel` does of an outcome: rows are held out at random and by time, the final
 * model learns from all. Throws a Fault for unusable input.
 */
export function trainNumber(input: NumberInput, options: TrainOptions = {}): TrainedNumber {
  checkNumberInput(input);
  const { data, labels, loss, times, seed = 0 } = input;
  const learner = createLearner(input, options);
  const stopOn = times === undefined ? 'random' : (options.stopOn ?? 'time');
  const inTime = scoreInTime(input, learner, { stopOn, random: random(seed) });
  const byChance = scoreByChance(input, learner, random(seed));
  const all = rowsWhere(data.rows, () => true);
  const final =
    stopOn === 'time' ? learner.untilLatest('final model', all, times!) : learner.withTrees('final model', all, byChance.trees);

  const judge = ({ rows, raw }: Unseen, trainedOn: number, mean: number): NumberReport => {
    const said = raw.map((value) => predictionOf({ loss }, value));
    return { ...evaluateNumbers(said, take(labels, rows), { mean, loss }), trainedOn };
  };
  const order = timeOrder(data.rows, times);
  const metrics: NumberMetrics = {
    loss,
    rows: data.rows,
    mean: meanOf(labels),
    inputs: data.columns.length,
    trees: final.model.trees.length,
    stoppedOn: stopOn,
    seed,
    order: times === undefined ? 'file' : 'time',
    timeOrdered: inTime && judge(inTime.late, inTime.before.length, meanOf(take(labels, inTime.before))),
    random: judge(byChance, Math.round((data.rows * (FOLDS - 1)) / FOLDS), meanOf(labels)),
    meanOverTime: rateOverTime(order, labels).map(({ rows, rate }) => ({ rows, mean: rate })),
  };
  return {
    kind: 'number',
    model: final.model,
    percentiles: percentilesOf(byChance.raw),
    metrics,
    warnings: numberWarnings(input, metrics, order),
    importance: importanceOf(final.scorer, data),
  };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
