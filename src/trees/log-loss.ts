import { log, logit, sigmoid } from '../base/portable.ts';
import { baseRate, checkLabels } from './checks.ts';
import { powerOfTwoAbove, type Gradients } from './gradient.ts';
import type { Loss, LossRows } from './loss.ts';

/** Log-loss of labels 0 and 1, in nats; raw scores are log-odds. Throws a Fault for other labels. */
export function createLogLoss({ labels, weights }: LossRows): Loss {
  checkLabels(labels);
  return {
    logistic: labels,
    start: () => logit(baseRate(labels, weights)),
    update: (out, raw) => updateGradients(out, raw, labels, weights),
    value: (raw) => logLoss(raw, labels, weights),
  };
}

/** Derivatives of the weighted log-loss, on the grid of the greatest weight, which bounds them. */
export function updateGradients(out: Gradients, raw: Float64Array, labels: Float64Array, weights: Float64Array): void {
  const scale = 2 ** 30 / powerOfTwoAbove(weights);
  for (let row = 0; row < raw.length; row++) {
    const probability = sigmoid(raw[row]!);
    const weight = weights[row]! * scale;
    out.gradient[row] = Math.round((probability - labels[row]!) * weight) / scale;
    out.hessian[row] = Math.round(probability * (1 - probability) * weight) / scale;
  }
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
