import { log, sigmoid } from '../base/index.ts';

/** First and second derivatives of the weighted log-loss by the raw score, one of each a row. */
export interface Gradients {
  gradient: Float64Array;
  hessian: Float64Array;
}

/**
 * Fills in the derivatives, rounded to multiples of 2^-30 of the greatest weight's power of two: their float64 sums are
 * then exact up to 2^23 rows, so a histogram does not depend on the order of addition and may be had by subtraction.
 */
export function updateGradients(out: Gradients, raw: Float64Array, labels: Float64Array, weights: Float64Array): void {
  const scale = 2 ** 30 / powerOfTwoAbove(weights);
  for (let row = 0; row < raw.length; row++) {
    const probability = sigmoid(raw[row]!);
    const weight = weights[row]! * scale;
    out.gradient[row] = Math.round((probability - labels[row]!) * weight) / scale;
    out.hessian[row] = Math.round(probability * (1 - probability) * weight) / scale;
  }
}

/** The least power of two that is no less than any of the values; 1 where all are 0. */
function powerOfTwoAbove(values: Float64Array): number {
  let greatest = 0;
  for (const value of values) greatest = Math.max(greatest, value);
  if (greatest === 0) return 1;
  let power = 1;
  while (power < greatest) power *= 2;
  while (power / 2 >= greatest) power /= 2;
  return power;
}

/** Weighted mean log-loss of raw scores (log-odds) against labels, in nats. */
export function logLoss(raw: Float64Array, labels: Float64Array, weights?: Float64Array): number {
  let loss = 0;
  let total = 0;
  for (let row = 0; row < raw.length; row++) {
    const weight = weights === undefined ? 1 : weights[row]!;
    const probability = sigmoid(labels[row] === 1 ? raw[row]! : -raw[row]!);
    loss -= weight * log(Math.max(probability, Number.MIN_VALUE));
    total += weight;
  }
  return loss / total;
}
