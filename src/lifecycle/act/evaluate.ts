import { comparePolicies, type OffPolicyEstimate, type PolicyTable } from '../../experiment/index.ts';
import { actionChances, situationOf, type ActionPolicy } from '../../rank/index.ts';
import { learnExpected } from './expected.ts';
import { foldsOf, othersOf } from './folds.ts';
import type { Recommended } from './journal.ts';
import type { Recommendations } from './recommendations.ts';

const FOLDS = 3;

export interface PolicyEvaluation {
  readonly policy: ActionPolicy;
  /** What it is held against. */
  readonly present: ActionPolicy;
  /** The rows of `all`, as they were journalled. */
  readonly made: readonly Recommended[];
  readonly columns: (id: string) => readonly string[];
  readonly seed?: number;
}

/** What any policy would have brought at logged recommendations: it chooses anew from what was known at each. */
export function evaluatePolicy(all: Recommendations, { policy, present, made, columns, seed = 1 }: PolicyEvaluation): OffPolicyEstimate[] {
  const { decisions } = all;
  const { count, subject } = decisions;
  const arms = [...new Set([...decisions.arms, ...policy.arms.map(({ name }) => name), ...present.arms.map(({ name }) => name)])];
  const widened = widen(all, arms);
  const [table, against] = [policy, present].map((one) => policyTable(made, one, { arms, columns }));
  const expected = new Float64Array(count * arms.length);
  for (const fold of foldsOf(subject, FOLDS, seed)) {
    const others = othersOf(fold, count);
    if (fold.length === 0 || others.length === 0) continue;
    const found = learnExpected(widened, others, seed)(fold);
    fold.forEach((row, at) => expected.set(found.subarray(at * arms.length, (at + 1) * arms.length), row * arms.length));
  }
  return (['dr', 'snips', 'ips'] as const).map((name) => comparePolicies(name, { decisions: widened.decisions, policy: table!, present: against!, expected, seed }));
}

/** The probabilities of a policy at recommendations, decisions × `arms`. */
export function policyTable(made: readonly Recommended[], policy: ActionPolicy, { arms, columns }: { arms: readonly string[]; columns: (id: string) => readonly string[] }): PolicyTable {
  return Float64Array.from(
    made.flatMap(({ facts, time, columns: id, vector, subject, grade, amount }) => {
      const chances = actionChances(situationOf({ ...facts, subject, grade, amount, now: time, vector, columns: columns(id) }), policy);
      return arms.map((arm) => chances.get(arm) ?? 0);
    }),
  );
}

/** With the actions that only the other policy has, behind those that were logged. */
function widen({ data, decisions, rule }: Recommendations, arms: readonly string[]): Recommendations {
  const { count, arms: known } = decisions;
  const propensity = new Float64Array(count * arms.length);
  for (let row = 0; row < count; row++) propensity.set(decisions.propensity.subarray(row * known.length, (row + 1) * known.length), row * arms.length);
  return { data, rule, decisions: { ...decisions, arms, propensity } };
}
