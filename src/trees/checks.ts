import { Fault, quote } from '../base/portable.ts';
import type { Dataset } from './dataset.ts';

/** Throws unless the table is rectangular and its columns have distinct names. */
export function checkDataset(data: Dataset): void {
  const names = new Set<string>();
  for (const column of data.columns) {
    const length = column.kind === 'numeric' ? column.values.length : column.codes.length;
    if (length !== data.rows) {
      throw input(
        `column ${quote(column.name)} of ${length} rows`,
        `the table has ${data.rows}`,
        'give every column one value a row',
      );
    }
    if (names.has(column.name)) throw input(`column ${quote(column.name)}`, 'it is there twice', 'rename one');
    names.add(column.name);
  }
}

/** Throws unless there is one label a row. */
export function checkCount(labels: Float64Array, rows: number): void {
  if (labels.length !== rows) throw input(`${labels.length} labels`, `there are ${rows} rows`, 'give one label a row');
}

/** Throws unless each label is 0 or 1. */
export function checkLabels(labels: Float64Array): void {
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    if (label !== 0 && label !== 1) throw input(`label ${label}`, 'a label is 0 or 1', 'map the two outcomes to 0 and 1');
  }
}

/** Throws unless there is one chance from 0 to 1 a row, for labels that are 0 or 1. */
export function checkPrior(prior: Float64Array, rows: number, loss: string): void {
  if (loss !== 'log-loss') throw input(`a prior for ${loss}`, 'it is a chance of labels 0 and 1', 'leave it out, or choose log-loss');
  if (prior.length !== rows) throw input(`${prior.length} chances`, `there are ${rows} rows`, 'give one chance a row');
  const wrong = prior.find((chance) => !(chance >= 0 && chance <= 1));
  if (wrong !== undefined) throw input(`chance ${wrong}`, 'a chance lies from 0 to 1', 'correct it');
}

/** Throws unless each label is a finite number from `low` to `high`. */
export function checkNumbers(labels: Float64Array, low: number, high = Number.MAX_VALUE): void {
  for (const label of labels) {
    if (label >= low && label <= high && label > -Infinity) continue;
    const bounds = high < Number.MAX_VALUE ? `from ${low} to ${high}` : low > -Infinity ? `at least ${low}` : 'finite';
    throw input(`label ${label}`, `a label of this loss is ${bounds}`, 'correct it, or choose another loss');
  }
}

/** Throws unless there is one finite weight ≥ 0 a row. */
export function checkWeights(weights: Float64Array, rows: number): void {
  if (weights.length !== rows) {
    throw input(`${weights.length} weights`, `there are ${rows} rows`, 'give one weight a row');
  }
  for (const weight of weights) {
    if (!(weight >= 0 && weight < Infinity)) {
      throw input(`weight ${weight}`, 'a weight is finite and at least 0', 'correct it');
    }
  }
}

/** Throws unless both outcomes carry weight. Returns the weighted share of positives. */
export function baseRate(labels: Float64Array, weights: Float64Array): number {
  let positives = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    positives += weights[row]! * labels[row]!;
    total += weights[row]!;
  }
  if (positives > 0 && positives < total) return positives / total;
  const found = total === 0 ? 'no rows of any weight' : positives === 0 ? 'no positive label' : 'no negative label';
  throw input(found, 'training needs both outcomes', 'give rows of each');
}

/** Σ weight · value / Σ weight. Throws where nothing has weight. */
export function weightedMean(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    sum += weights[row]! * values[row]!;
    total += weights[row]!;
  }
  if (total > 0) return sum / total;
  throw input('no rows of any weight', 'training needs some', 'give rows, and a weight above 0 to some');
}

/** Throws unless raw scores to calibrate are finite and some have weight. */
export function checkScores(raw: Float64Array, weights?: Float64Array): void {
  const remedy = 'give the out-of-fold scores of a trained model';
  for (const score of raw) if (!Number.isFinite(score)) throw input(`raw score ${score}`, 'a raw score is finite', remedy);
  const some = weights === undefined ? raw.length > 0 : weights.some((weight) => weight > 0);
  if (!some) throw input('no rows of any weight', 'calibration needs some', remedy);
}

function input(value: string, rule: string, remedy: string): Fault {
  return new Fault({ kind: 'input', value, rule, remedy });
}
