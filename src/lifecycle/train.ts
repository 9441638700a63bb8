import { random } from '../base/index.ts';
import { percentilesOf } from '../bundle/index.ts';
import type { Calibration, Model } from '../trees/index.ts';
import { againstRules } from './against-rules.ts';
import { calibrationBasis, seenByAllTimes } from './calibration-basis.ts';
import { rateOverTime } from './drift.ts';
import { calibrationOf, joined, judgeByChance, judgeInTime } from './hold-out.ts';
import { importanceOf, type Importance } from './importance.ts';
import { createLearner, type TrainOptions } from './learner.ts';
import type { Metrics } from './metrics.ts';
import { rowsWhere } from './rows.ts';
import { timeOrder } from './split.ts';
import { judgeWithout, suspectsOf } from './suspects.ts';
import { checkTrainInput, type TrainInput } from './train-input.ts';
import { trainingWarnings } from './train-warnings.ts';
import { scoreByChance, scoreInTime, type Unseen } from './unseen.ts';
import type { Warning } from './warning.ts';

export interface TrainedModel {
  kind: 'outcome';
  model: Model;
  calibration: Calibration;
  /** Up to 1,001 ascending quantiles of `raw` on rows scored unseen. */
  percentiles: Float64Array;
  metrics: Metrics;
  warnings: Warning[];
  importance: Importance[];
  /** The rows that were scored unseen, which the percentiles are of. */
  unseen: Unseen;
}

/**
 * Trains a model and says how far it can be trusted. Rows are held out twice, at random and by time; then the final
 * model is trained on all rows. With times, the latest rows say how many trees, and the calibration and the percentiles
 * come from the later windows, as the model will meet later rows, where rows are grouped with the scores of the random folds;
 * without times, or where `stopOn` says so, the random folds do. Throws a Fault for unusable input.
 */
export function trainModel(input: TrainInput, options: TrainOptions = {}): TrainedModel {
  checkTrainInput(input);
  const { data, labels, times, groups, seed = 0 } = input;
  const learner = createLearner(input, options);
  const stopOn = times === undefined ? 'random' : (options.stopOn ?? 'time');
  const inTime = scoreInTime(input, learner, { stopOn, random: random(seed) });
  const byChance = scoreByChance(input, learner, random(seed));
  const later = times === undefined ? null : inTime;
  const basis = calibrationBasis(later && groups ? seenByAllTimes(later, byChance) : later, byChance, labels);
  const { report, segments } = judgeByChance(input, byChance);
  const all = rowsWhere(data.rows, () => true);
  const final =
    stopOn === 'time'
      ? learner.untilLatest('final model', all, times!)
      : learner.withTrees('final model', all, byChance.trees);

  const order = timeOrder(data.rows, times);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const metrics = {
    rows: data.rows,
    positives,
    baseRate: positives / data.rows,
    inputs: data.columns.length,
    trees: final.model.trees.length,
    stoppedOn: stopOn,
    seed,
    order: times === undefined ? ('file' as const) : ('time' as const),
    withoutSuspects: null,
    timeOrdered: inTime && judgeInTime(input, inTime),
    random: report,
    againstRules: againstRules(input, inTime === null ? byChance : joined(inTime)),
    segments: input.segments ? { column: input.segments.column, reports: segments } : null,
    rateOverTime: rateOverTime(order, labels),
  };
  const warnings = trainingWarnings(input, metrics, order);
  return {
    kind: 'outcome',
    model: final.model,
    calibration: calibrationOf(input, basis),
    percentiles: percentilesOf(basis.raw),
    metrics: { ...metrics, withoutSuspects: judgeWithout(input, suspectsOf(warnings), byChance.raw, options) },
    warnings,
    importance: importanceOf(final.scorer, data),
    unseen: basis,
  };
}
