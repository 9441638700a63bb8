import { checkNumbers, weightedMean } from './checks.ts';
import { roundGradients } from './gradient.ts';
import type { Loss, LossRows } from './loss.ts';

/** Squared error of finite labels, reported as its root; raw scores are values. Throws a Fault for other labels. */
export function createSquaredLoss({ labels, weights }: LossRows): Loss {
  checkNumbers(labels, -Infinity);
  return {
    start: () => weightedMean(labels, weights),
    update(out, raw) {
      for (let row = 0; row < raw.length; row++) {
        out.gradient[row] = weights[row]! * (raw[row]! - labels[row]!);
        out.hessian[row] = weights[row]!;
      }
      roundGradients(out);
    },
    value(raw) {
      const squares = raw.map((score, row) => (score - labels[row]!) ** 2);
      return Math.sqrt(weightedMean(squares, weights));
    },
  };
}
