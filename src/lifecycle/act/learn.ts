import { checkDecisions, comparePolicies, evaluationOf, objection, type Evaluation, type OffPolicyEstimate, type PolicyTable } from '../../experiment/index.ts';
import type { TargetName } from '../../features/index.ts';
import { parseActionPolicy, type ActionPolicy, type ActionPolicyDocument, type LearnedDocument } from '../../rank/index.ts';
import { crossFit, foldsOf } from '../cross-fit.ts';
import { comparable, type LeftOut } from './comparable.ts';
import { documented, learnEffects, type ArmEffect } from './effects.ts';
import { learnExpected } from './expected.ts';
import { policyTable } from './policy-table.ts';
import type { Recommendations } from './recommendations.ts';
import { shownArms, type Alone } from './shown.ts';
import { unseenPolicies } from './unseen-policies.ts';

export interface PolicyLearning {
  /** What the learned policy is held against; it takes over its actions, constraints and exploration. */
  readonly present: ActionPolicy;
  /** Rewards are of converting within so many days. */
  readonly target: TargetName;
  readonly horizonDays: number;
  /** When the newest of them was made, ms. */
  readonly until: number;
  readonly seed?: number;
  /** Each part of the log judges a policy that was learned from the others; default 5. */
  readonly folds?: number;
  readonly onProgress?: (stage: string) => void;
}

export interface LearnedPolicy {
  readonly document: ActionPolicyDocument;
  readonly evaluation: Evaluation;
  /** Why it may not act; null where it may. */
  readonly objection: string | null;
  /** By three estimators; the gate goes by `dr`. */
  readonly estimates: Readonly<Record<'ips' | 'snips' | 'dr', OffPolicyEstimate>>;
  readonly effects: readonly LearnedArm[];
  /** What could not be learned from. */
  readonly leftOut: LeftOut;
  /** At each decision, by effects that have not seen it: the policy, and the expected rewards; decisions × `arms`. */
  readonly unseen: { readonly arms: readonly string[]; readonly policy: PolicyTable; readonly expected: Float64Array };
}

/** The effect of an action, and what it was found to bring alone at decisions that it had not seen. */
export interface LearnedArm extends ArmEffect {
  readonly alone: Alone;
}

/**
 * Learns an action policy from logged recommendations, and estimates what it would have brought in the place of the policy that
 * acts. Each fold of subjects is judged by effects and models that have not seen it, and the policy of those chooses by the very
 * function that recommends. Actions that are shown to help alone make the policy, with what all of the log tells of them. Throws a
 * Fault for a broken log, and for one with too few recommendations that the present policy could have made.
 */
export function learnPolicy(logged: Recommendations, { present, target, horizonDays, until, seed = 1, folds = 5, onProgress }: PolicyLearning): LearnedPolicy {
  checkDecisions(logged.decisions);
  const { all, against, leftOut } = comparable(logged, { present });
  const { count, arms, subject } = all.decisions;
  const base = { ...present.document, learned: null };
  const dealt = foldsOf(subject, folds, seed + 1);
  const isOneFold = dealt.some((fold) => fold.length === count); // of few subjects: nothing can be learned beside it
  const expected = crossFit(dealt, { rows: count, width: arms.length }, (fold, others) => learnExpected(all, others, seed)(fold));
  const rules = policyTable(all.situations, parseActionPolicy(base), arms);
  const policyOf = isOneFold ? () => rules : unseenPolicies(all, { dealt, base, target, seed, onProgress });
  onProgress?.('all of the log');
  const known = learnEffects(all, Int32Array.from({ length: count }, (_, row) => row), seed);
  const alone = shownArms(known.map(({ arm }) => arm), all, { expected, rules, policyOf });
  const effects = known.map((effect, at): LearnedArm => Object.assign(effect, { alone: alone[at]! }));
  const shown = effects.filter((effect) => effect.alone.isShown);
  const policy = policyOf(new Set(shown.map(({ arm }) => arm)));
  const estimate = (name: 'ips' | 'snips' | 'dr'): OffPolicyEstimate => comparePolicies(name, { decisions: all.decisions, policy, present: against, expected, seed });
  const estimates = { ips: estimate('ips'), snips: estimate('snips'), dr: estimate('dr') };
  const evaluation = evaluationOf(estimates.dr, count);
  const columns = all.data.columns.map(({ name }) => name);
  const learned: LearnedDocument = { target, horizonDays, until, columns, effects: documented(shown), evaluation };
  return { document: { ...base, version: base.version + 1, learned }, evaluation, objection: objection(evaluation), estimates, effects, leftOut, unseen: { arms, policy, expected } };
}
