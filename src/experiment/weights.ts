import type { LoggedDecisions, PolicyTable } from './decisions.ts';

/** How much each logged decision counts for another policy, and how far that can be trusted. */
export interface ImportanceWeights {
  /** π(action) / propensity, at most `clip`. */
  readonly values: Float64Array;
  readonly overlap: Overlap;
}

export interface Overlap {
  /** (Σ w)² / Σ w²: as many decisions of the policy itself would tell as much (Kish 1965). */
  readonly effective: number;
  /** The largest weight before clipping. */
  readonly largest: number;
  /** Decisions whose weight was clipped. */
  readonly clipped: number;
  /** The mean probability that the policy gives to actions that could not have been shown: nothing is known of those. */
  readonly unsupported: number;
}

/** Weights of the logged decisions under another policy. */
export function importanceWeights({ count, arms, action, propensity }: LoggedDecisions, policy: PolicyTable, clip: number): ImportanceWeights {
  const width = arms.length;
  const values = new Float64Array(count);
  let [largest, clipped, unsupported] = [0, 0, 0];
  for (let row = 0; row < count; row++) {
    const at = row * width + action[row]!;
    const weight = policy[at]! / propensity[at]!;
    largest = Math.max(largest, weight);
    clipped += Number(weight > clip);
    values[row] = Math.min(weight, clip);
    for (let arm = row * width; arm < (row + 1) * width; arm++) if (propensity[arm] === 0) unsupported += policy[arm]!;
  }
  return { values, overlap: { effective: effectiveSize(values), largest, clipped, unsupported: unsupported / count } };
}

/** Kish's effective sample size of weights; 0 where all are 0. */
export function effectiveSize(weights: Float64Array): number {
  let [sum, squares] = [0, 0];
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}
