import { log } from '../base/index.ts';
import { auc, type Estimate } from './auc.ts';
import { calibrationError, debiasedCalibrationError } from './calibration-error.ts';

/** How well scores and probabilities agree with outcomes that the model had not seen. */
export interface Evaluation {
  rows: number;
  positives: number;
  auc: Estimate;
  /** Mean negative log-likelihood of the calibrated probability, in nats. */
  logLoss: number;
  /** The same for one who always says the base rate of the training rows. */
  logLossBaseline: number;
  averagePrecision: number;
  brier: number;
  /** Mean distance between said and seen, weighted by rows. */
  calibrationError: number;
  /** Root mean square distance between said and seen less what chance adds, with a bootstrap interval. */
  calibrationErrorDebiased: Estimate;
  calibration: CalibrationBin[];
  lift: LiftBin[];
}

/** A tenth of the rows by probability, lowest first: what was said and what was seen, with Wilson's 95 % interval. */
export interface CalibrationBin {
  rows: number;
  predicted: number;
  observed: Estimate;
}

/** A tenth of the rows by score, best first. */
export interface LiftBin {
  rows: number;
  positives: number;
  /** Positive rate here over the overall rate. */
  lift: number;
  /** Share of all positives found down to here. */
  captured: number;
}

const BINS = 10;

/** Judges `raw` (order) and `probability` (calibrated) against outcomes; `baseRate` is that of the training rows. */
export function evaluate(
  raw: Float64Array,
  probability: Float64Array,
  labels: Float64Array,
  baseRate: number,
): Evaluation {
  const rows = labels.length;
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const calibration = calibrationBins(probability, labels);
  return {
    rows,
    positives,
    auc: auc(raw, labels),
    logLoss: meanSurprise(probability, labels),
    logLossBaseline: meanOf(labels, (label) => surprise(label, baseRate)),
    averagePrecision: averagePrecision(raw, labels),
    brier: meanOf(labels, (label, i) => (label - probability[i]!) ** 2),
    calibrationError: calibrationError(calibration),
    calibrationErrorDebiased: debiasedCalibrationError(calibration),
    calibration,
    lift: liftBins(raw, labels, positives),
  };
}

/** Mean negative log-likelihood of outcomes under the probabilities said, in nats. */
export function meanSurprise(probability: Float64Array, labels: Float64Array): number {
  return meanOf(labels, (label, i) => surprise(label, probability[i]!));
}

function surprise(label: number, probability: number): number {
  const said = label === 1 ? probability : 1 - probability;
  return -log(Math.max(said, 1e-15));
}

/** Mean precision over the positives, as the list is read from the top; equal scores are read together. */
export function averagePrecision(scores: Float64Array, labels: Float64Array): number {
  const order = byScore(scores);
  let seen = 0;
  let hits = 0;
  let sum = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    let found = 0;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) found += labels[order[end++]!]!;
    seen += end - start;
    hits += found;
    sum += found * (hits / seen);
    start = end;
  }
  return hits === 0 ? NaN : sum / hits;
}

/** Tenths of the rows by probability, lowest first. */
export function calibrationBins(probability: Float64Array, labels: Float64Array): CalibrationBin[] {
  return tenths(byScore(probability).toReversed()).map((rows) => {
    const positives = sumOver(rows, labels);
    return {
      rows: rows.length,
      predicted: sumOver(rows, probability) / rows.length,
      observed: wilson(positives, rows.length),
    };
  });
}

function liftBins(raw: Float64Array, labels: Float64Array, positives: number): LiftBin[] {
  let captured = 0;
  return tenths(byScore(raw)).map((rows) => {
    const here = sumOver(rows, labels);
    captured += here;
    return {
      rows: rows.length,
      positives: here,
      lift: here / rows.length / (positives / labels.length),
      captured: captured / positives,
    };
  });
}

/** A binomial proportion with Wilson's 95 % score interval. */
export function wilson(hits: number, trials: number): Estimate {
  const z2 = 1.959963984540054 ** 2;
  const value = hits / trials;
  const centre = (value + z2 / (2 * trials)) / (1 + z2 / trials);
  const reach = Math.sqrt(z2 * ((value * (1 - value)) / trials + z2 / (4 * trials * trials))) / (1 + z2 / trials);
  return { value, low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}

/** Row numbers, best score first; equal scores in row order. */
function byScore(scores: Float64Array): Int32Array {
  return Int32Array.from(scores.keys()).toSorted((a, b) => scores[b]! - scores[a]! || a - b);
}

function tenths(order: Int32Array): Int32Array[] {
  const parts = Array.from({ length: BINS }, (_, i) =>
    order.slice(Math.round((i * order.length) / BINS), Math.round(((i + 1) * order.length) / BINS)),
  );
  return parts.filter((part) => part.length > 0);
}

function sumOver(rows: Int32Array, values: Float64Array): number {
  return rows.reduce((sum, row) => sum + values[row]!, 0);
}

function meanOf(labels: Float64Array, measure: (label: number, i: number) => number): number {
  return labels.reduce((sum, label, i) => sum + measure(label, i), 0) / labels.length;
}
