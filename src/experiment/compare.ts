import { checkDecisions, checkPolicy, type LoggedDecisions, type PolicyTable } from './decisions.ts';
import { ESTIMATORS, type EstimatorName } from './estimators.ts';
import { meanInterval, type Interval, type IntervalOptions } from './interval.ts';
import type { Overlap } from './weights.ts';

/** What a policy would have brought at decisions that another one made, by one estimator. */
export interface OffPolicyEstimate {
  readonly estimator: EstimatorName;
  /** Of the policy. */
  readonly value: Interval;
  /** Of the policy above the present one, decision by decision. */
  readonly gain: Interval;
  readonly overlap: Overlap;
  /** Likewise of the present policy: what of it is unsupported has no part in its value, so the gain would flatter the other. */
  readonly present: Overlap;
}

export interface Comparison extends IntervalOptions {
  readonly decisions: LoggedDecisions;
  readonly policy: PolicyTable;
  /** What it is held against; the policy that was logged where it is not given. */
  readonly present?: PolicyTable;
  readonly clip?: number;
  readonly expected?: Float64Array | undefined;
}

/** The weight at which a decision is clipped: a hundred times as likely under the new policy as it was. */
export const CLIP = 100;

/**
 * Estimates a policy's value, and its gain over the present one, from logged decisions. Both are estimated on the same
 * decisions, so what they have in common does not blur the difference. Throws a Fault for a broken log.
 */
export function comparePolicies(
  estimator: EstimatorName,
  { decisions, policy, present = decisions.propensity, clip = CLIP, expected, ...options }: Comparison,
): OffPolicyEstimate {
  checkDecisions(decisions);
  checkPolicy(policy, decisions);
  checkPolicy(present, decisions);
  const estimate = ESTIMATORS[estimator];
  const { terms, overlap } = estimate({ decisions, policy, clip, expected });
  const other = estimate({ decisions, policy: present, clip, expected });
  const gain = terms.map((term, row) => term - other.terms[row]!);
  return {
    estimator,
    value: meanInterval(terms, decisions.subject, options),
    gain: meanInterval(gain, decisions.subject, options),
    overlap,
    present: other.overlap,
  };
}
