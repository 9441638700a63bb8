import { exp, Fault, log } from '../base/portable.ts';
import { checkNumbers, weightedMean } from './checks.ts';
import { roundGradients } from './gradient.ts';
import type { Loss, LossRows } from './loss.ts';

/** Between Poisson (1) and gamma (2): many zeros and a long tail, as amounts have. */
const POWER = 1.5;

/**
 * Tweedie deviance without its constant term (Jørgensen 1987): for labels that are 0 for many rows and an amount for the
 * others. Raw scores are the logarithm of the mean. Throws a Fault for labels below 0.
 */
export function createTweedieLoss({ labels, weights }: LossRows): Loss {
  checkNumbers(labels, 0);
  const [a, b] = [1 - POWER, 2 - POWER];
  return {
    start() {
      const mean = weightedMean(labels, weights);
      if (mean > 0) return log(mean);
      throw new Fault({
        kind: 'input',
        value: 'no label above 0',
        rule: 'a Tweedie model needs some',
        remedy: 'give rows with an amount',
      });
    },
    update(out, raw) {
      for (let row = 0; row < raw.length; row++) {
        const label = labels[row]!;
        const [one, two] = [label * exp(a * raw[row]!), exp(b * raw[row]!)];
        out.gradient[row] = weights[row]! * (two - one);
        out.hessian[row] = weights[row]! * (b * two - a * one);
      }
      roundGradients(out);
    },
    value(raw) {
      const deviances = raw.map((score, row) => exp(b * score) / b - (labels[row]! * exp(a * score)) / a);
      return weightedMean(deviances, weights);
    },
  };
}
