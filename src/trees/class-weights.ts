import { baseRate, checkLabels } from './checks.ts';

/** The weights scaled so that both outcomes weigh the same in sum and the whole weighs what it did. */
export function balanced(weights: Float64Array, labels: Float64Array): Float64Array {
  checkLabels(labels);
  const rate = baseRate(labels, weights);
  return weights.map((weight, row) => weight / (2 * (labels[row] === 1 ? rate : 1 - rate)));
}
