import { logit, sigmoid } from '../base/index.ts';

export interface Estimate {
  value: number;
  /** The 95 % interval. */
  low: number;
  high: number;
}

const Z95 = 1.959963984540054;

/**
 * Area under the ROC curve, ties counted half, with DeLong's interval on the logit scale (Sun & Xu 2014: by midranks,
 * O(n log n)). NaN where only one outcome is there.
 */
export function auc(scores: Float64Array, labels: Float64Array): Estimate {
  const positives = scores.filter((_, i) => labels[i] === 1);
  const negatives = scores.filter((_, i) => labels[i] !== 1);
  const m = positives.length;
  const n = negatives.length;
  if (m === 0 || n === 0) return { value: NaN, low: NaN, high: NaN };
  const all = midranks(scores);
  const amongPositives = midranks(positives);
  const amongNegatives = midranks(negatives);
  const above = new Float64Array(m); // share of the negatives that each positive beats
  const below = new Float64Array(n); // share of the positives that beat each negative
  let p = 0;
  let q = 0;
  for (let i = 0; i < scores.length; i++) {
    if (labels[i] === 1) above[p] = (all[i]! - amongPositives[p++]!) / n;
    else below[q] = 1 - (all[i]! - amongNegatives[q++]!) / m;
  }
  const value = mean(above);
  const deviation = Math.sqrt(variance(above) / m + variance(below) / n);
  if (value <= 0 || value >= 1 || deviation === 0) return { value, low: value, high: value };
  const reach = (Z95 * deviation) / (value * (1 - value));
  return { value, low: sigmoid(logit(value) - reach), high: sigmoid(logit(value) + reach) };
}

/** 1-based ranks, equal values sharing the mean of theirs. */
function midranks(values: Float64Array): Float64Array {
  const order = Int32Array.from(values.keys()).toSorted((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: Float64Array): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}
