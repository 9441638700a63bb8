import { checkDecisions, comparePolicies, evaluationOf, objection, type Evaluation, type OffPolicyEstimate, type PolicyTable } from '../../experiment/index.ts';
import type { TargetName } from '../../features/index.ts';
import { trialPolicy, type ActionPolicy, type ActionPolicyDocument, type LearnedDocument, type LearnedEffect } from '../../rank/index.ts';
import { crossFit, foldsOf } from '../cross-fit.ts';
import { comparable, type LeftOut } from './comparable.ts';
import { learnEffects, modelText, type ArmEffect } from './effects.ts';
import { learnExpected } from './expected.ts';
import { policyTable } from './policy-table.ts';
import type { Recommendations } from './recommendations.ts';

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
  readonly effects: readonly ArmEffect[];
  /** What could not be learned from. */
  readonly leftOut: LeftOut;
  /** At each decision, by effects that have not seen it: the policy, and the expected rewards; decisions × `arms`. */
  readonly unseen: { readonly arms: readonly string[]; readonly policy: PolicyTable; readonly expected: Float64Array };
}

/**
 * Learns an action policy from logged recommendations, and estimates what it would have brought in the place of the policy that
 * acts. Each fold of subjects is judged by effects and models that have not seen it, and the policy of those chooses by the very
 * function that recommends; the policy itself then learns from all. Throws a Fault for a broken log, and for one with too few recommendations
 * that the present policy could have made.
 */
export function learnPolicy(logged: Recommendations, { present, target, horizonDays, until, seed = 1, folds = 5, onProgress }: PolicyLearning): LearnedPolicy {
  checkDecisions(logged.decisions);
  const { all, against, leftOut } = comparable(logged, { present });
  const { count, arms, subject } = all.decisions;
  const base = { ...present.document, learned: null };
  const columns = all.data.columns.map(({ name }) => name);
  const dealt = foldsOf(subject, folds, seed + 1);
  const table = { rows: count, width: arms.length };
  const isOneFold = dealt.some((fold) => fold.length === count); // of few subjects: nothing can be learned beside it
  const policy = isOneFold ? against : crossFit(dealt, table, (fold, others) => {
    onProgress?.(`fold ${dealt.indexOf(fold) + 1} of ${folds}`);
    const trial = trialPolicy(base, { target, columns, effects: documented(learnEffects(all, others, seed)) });
    return policyTable(Array.from(fold, (row) => all.situations[row]!), trial, arms);
  });
  const expected = crossFit(dealt, table, (fold, others) => learnExpected(all, others, seed)(fold));
  onProgress?.('all of the log');
  const effects = learnEffects(all, Int32Array.from({ length: count }, (_, row) => row), seed);
  const estimate = (name: 'ips' | 'snips' | 'dr'): OffPolicyEstimate => comparePolicies(name, { decisions: all.decisions, policy, present: against, expected, seed });
  const estimates = { ips: estimate('ips'), snips: estimate('snips'), dr: estimate('dr') };
  const evaluation = evaluationOf(estimates.dr, count);
  const learned: LearnedDocument = { target, horizonDays, until, columns, effects: documented(effects), evaluation };
  return { document: { ...base, version: base.version + 1, learned }, evaluation, objection: objection(evaluation), estimates, effects, leftOut, unseen: { arms, policy, expected } };
}

/** Effects as a policy document holds them: those that are shown. */
export const documented = (effects: readonly ArmEffect[]): LearnedEffect[] =>
  effects.filter(({ isShown }) => isShown).map(({ arm, offset, slope, model, decisions, effective }) => ({ arm, offset, slope, model: modelText(model), decisions, effective }));
