import { isAboveRules } from './against-rules.ts';
import type { Estimate } from './auc.ts';
import { rateChiSquare } from './drift.ts';
import { leakWarnings } from './leak-warnings.ts';
import { columnStrengths } from './leaks.ts';
import type { Metrics } from './metrics.ts';
import { shiftWarnings } from './shift-warnings.ts';
import type { TrainInput } from './train-input.ts';
import { percent, sortWarnings, type Warning } from './warning.ts';

const FEW_POSITIVES = 100;
const UNEVEN = 27.88; // χ² of 9 degrees of freedom beyond which chance is below 1 in 1,000
const OPTIMISM = 0.03; // AUC

/** What the table and the figures of a training warn of. */
export function trainingWarnings(input: TrainInput, metrics: Metrics, order: Int32Array): Warning[] {
  return sortWarnings([
    ...leakWarnings(columnStrengths(input.data, input.labels, input.seed ?? 0)),
    ...signalWarnings(metrics),
    ...ruleWarnings(metrics),
    ...driftWarnings(input, metrics, order),
  ]);
}

function signalWarnings({ random, timeOrdered, positives, rows, order }: Metrics): Warning[] {
  const warnings: Warning[] = [];
  const rarer = Math.min(positives, rows - positives);
  if (rarer < FEW_POSITIVES) {
    const message = `only ${rarer} rows of the rarer outcome: every figure here is rough`;
    warnings.push({
      code: 'few-positives',
      column: null,
      value: rarer,
      message,
      advice: `collect at least ${FEW_POSITIVES}`,
    });
  }
  if (random.auc.low <= 0.5) {
    warnings.push({
      code: 'no-signal',
      column: null,
      value: random.auc.value,
      message: `no signal beyond chance: hold-out AUC ${interval(random.auc)}, and .5 is guessing`,
      advice: 'do not rank by this model; look for columns that say more',
    });
  } else if (timeOrdered && timeOrdered.auc.low <= 0.5) {
    warnings.push({
      code: 'no-signal',
      column: null,
      value: timeOrdered.auc.value,
      message: `no signal that lasts: AUC ${interval(timeOrdered.auc)} in ${order} order, and .5 is guessing`,
      advice: 'what held in the past does not hold at the end: do not rank new rows by this model before you know why',
    });
  }
  if (timeOrdered && random.auc.low - timeOrdered.auc.value > OPTIMISM) {
    warnings.push({
      code: 'optimistic-split',
      column: null,
      value: random.auc.value - timeOrdered.auc.value,
      message: `AUC is ${figure(random.auc)} at random and ${figure(timeOrdered.auc)} in ${order} order`,
      advice: 'a random split flatters here: expect the time-ordered figure on new rows',
    });
  }
  return warnings;
}

function ruleWarnings({ againstRules: found }: Metrics): Warning[] {
  if (found === null || isAboveRules(found)) return [];
  const { share, model, rules, gain } = found;
  return [{
    code: 'below-rules',
    column: null,
    value: -gain.value,
    message: `of later outcomes the top ${percent(share)} by the rules holds ${percent(rules)}, by the model ${percent(model)} (95 % of the difference ${percent(gain.low)} to ${percent(gain.high)})`,
    advice: 'let the rules go on, and train again when there are more outcomes',
  }];
}

function driftWarnings(input: TrainInput, metrics: Metrics, order: Int32Array): Warning[] {
  const warnings: Warning[] = [];
  const said = metrics.order === 'file' ? 'in file order' : 'over time';
  if (metrics.timeOrdered === null) {
    warnings.push({
      code: 'one-outcome-in-time',
      column: null,
      value: 1,
      message: `the first or the last rows ${said} hold too little of one outcome for a time-ordered hold-out`,
      advice: 'is the file sorted by the label? give --time, or more history',
    });
  }
  const rates = metrics.rateOverTime.map((window) => window.rate);
  const low = Math.min(...rates);
  const high = Math.max(...rates);
  const isLarge = high - low > Math.max(0.05, 0.5 * metrics.baseRate);
  if (isLarge && rateChiSquare(metrics.rateOverTime) > UNEVEN) {
    warnings.push({
      code: 'base-rate-drift',
      column: null,
      value: high - low,
      message: `the positive rate runs from ${percent(low)} to ${percent(high)} ${said} (tenths of the rows)`,
      advice: 'probabilities age quickly here: recalibrate often, and trust the order more than the level',
    });
  }
  return [...warnings, ...shiftWarnings(input, order, metrics.order)];
}

function figure({ value }: Estimate): string {
  return value.toFixed(3);
}

function interval({ value, low, high }: Estimate): string {
  return `${value.toFixed(3)} (95 % ${low.toFixed(3)} to ${high.toFixed(3)})`;
}
