import { comparePolicies, type OffPolicyEstimate } from '../../experiment/index.ts';
import type { ActionPolicy } from '../../rank/index.ts';
import { crossFit, foldsOf } from '../cross-fit.ts';
import { comparable, type LeftOut } from './comparable.ts';
import { learnExpected } from './expected.ts';
import { policyTable } from './policy-table.ts';
import type { Recommendations } from './recommendations.ts';

const FOLDS = 3;

export interface PolicyEvaluation {
  readonly policy: ActionPolicy;
  /** What it is held against. */
  readonly present: ActionPolicy;
  readonly seed?: number;
}

export interface EvaluatedPolicy {
  /** By `dr`, which the gate goes by, `snips` and `ips`. */
  readonly estimates: readonly OffPolicyEstimate[];
  /** How many recommendations they rest on, and what they do not. */
  readonly count: number;
  readonly leftOut: LeftOut;
}

/**
 * What any policy would have brought at logged recommendations: it chooses anew from what was known at each. Throws a Fault where too
 * few of them could have been the present policy's.
 */
export function evaluatePolicy(logged: Recommendations, { policy, present, seed = 1 }: PolicyEvaluation): EvaluatedPolicy {
  const { all, against, leftOut } = comparable(logged, { present, others: [policy] });
  const { count, subject, arms } = all.decisions;
  const table = policyTable(all.situations, policy, arms);
  const expected = crossFit(foldsOf(subject, FOLDS, seed), { rows: count, width: arms.length }, (fold, others) => learnExpected(all, others, seed)(fold));
  const estimates = (['dr', 'snips', 'ips'] as const).map((name) => comparePolicies(name, { decisions: all.decisions, policy: table, present: against, expected, seed }));
  return { estimates, count, leftOut };
}
