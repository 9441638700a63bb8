import type { LoggedDecisions, PolicyTable } from './decisions.ts';
import { importanceWeights, type Overlap } from './weights.ts';

/**
 * An estimate of a mean by its influence function: `terms` has one entry a decision, their mean is the estimate, and their
 * spread its error.
 */
export interface Estimated {
  readonly terms: Float64Array;
  readonly overlap: Overlap;
}

/** What an estimator is given. */
export interface Asked {
  readonly decisions: LoggedDecisions;
  readonly policy: PolicyTable;
  /** Weights are clipped at this. */
  readonly clip: number;
  /** The expected reward of each action at each decision, decisions × actions, by a model that has not seen the decision. */
  readonly expected?: Float64Array | undefined;
}

export type Estimator = (asked: Asked) => Estimated;

/** Inverse propensity scoring (Horvitz & Thompson 1952): unbiased, and as noisy as the weights are large. */
export const ips: Estimator = ({ decisions, policy, clip }) => {
  const { values, overlap } = importanceWeights(decisions, policy, clip);
  return { terms: values.map((weight, row) => weight * decisions.reward[row]!), overlap };
};

/** Self-normalised IPS (Hájek 1971; Swaminathan & Joachims 2015): a little biased, and far less noisy where rewards are not centred. */
export const snips: Estimator = ({ decisions, policy, clip }) => {
  const { values, overlap } = importanceWeights(decisions, policy, clip);
  const { count, reward } = decisions;
  let [sum, gained] = [0, 0];
  for (let row = 0; row < count; row++) {
    sum += values[row]!;
    gained += values[row]! * reward[row]!;
  }
  const value = sum > 0 ? gained / sum : 0;
  const mean = sum / count;
  return { terms: values.map((weight, row) => value + (mean > 0 ? (weight * (reward[row]! - value)) / mean : 0)), overlap };
};

/**
 * Doubly robust (Robins, Rotnitzky & Zhao 1994; Dudík, Langford & Li 2011): what a model expects, corrected by IPS of what it
 * got wrong. Right where the propensities are, whatever the model is worth; without a model it is IPS.
 */
export const doublyRobust: Estimator = ({ decisions, policy, clip, expected }) => {
  const { values, overlap } = importanceWeights(decisions, policy, clip);
  const { arms, action, reward } = decisions;
  const width = arms.length;
  const terms = values.map((weight, row) => {
    if (expected === undefined) return weight * reward[row]!;
    let direct = 0;
    for (let at = row * width; at < (row + 1) * width; at++) if (policy[at]! > 0) direct += policy[at]! * expected[at]!;
    return direct + weight * (reward[row]! - expected[row * width + action[row]!]!);
  });
  return { terms, overlap };
};

export const ESTIMATORS = { ips, snips, dr: doublyRobust } as const;
export type EstimatorName = keyof typeof ESTIMATORS;
