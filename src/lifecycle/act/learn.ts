import { checkDecisions, comparePolicies, evaluationOf, objection, type Evaluation, type OffPolicyEstimate, type PolicyTable } from '../../experiment/index.ts';
import type { TargetName } from '../../features/index.ts';
import type { ActionPolicyDocument, LearnedDocument } from '../../rank/index.ts';
import { bestArms, effectTable, explored, type ArmChoice } from './choose.ts';
import { learnEffects, modelText, type ArmEffect } from './effects.ts';
import { learnExpected } from './expected.ts';
import { foldsOf, othersOf } from './folds.ts';
import type { Recommendations } from './recommendations.ts';

export interface PolicyLearning {
  /** The policy whose actions, constraints and exploration the learned one takes over. */
  readonly base: ActionPolicyDocument;
  /** Rewards are of converting within so many days. */
  readonly target: TargetName;
  readonly horizonDays: number;
  /** When the newest of them was made, ms. */
  readonly until: number;
  /** What it is held against, at each decision; the rules with the same share by lot where it is not given. */
  readonly present?: PolicyTable;
  readonly seed?: number;
  /** Each part of the log judges a policy that was learned from the others; default 3. */
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
  /** At each decision, by effects that have not seen it: the policy, and the expected rewards; decisions × actions. */
  readonly unseen: { readonly policy: PolicyTable; readonly expected: Float64Array };
}

/**
 * Learns an action policy from logged recommendations, and estimates what it would have brought in the place of the policy that
 * was logged. Each fold of subjects is judged by effects and models that have not seen it; the policy itself then learns from
 * all. Throws a Fault for a broken log.
 */
export function learnPolicy(all: Recommendations, { base, target, horizonDays, until, present, seed = 1, folds = 3, onProgress }: PolicyLearning): LearnedPolicy {
  checkDecisions(all.decisions);
  const { count, arms, subject } = all.decisions;
  const choices: ArmChoice[] = base.actions.map(({ name, explore = 1, least = 0 }) => ({ name, explore, least }));
  const policy = new Float64Array(count * arms.length);
  const expected = new Float64Array(count * arms.length);
  for (const [number, fold] of foldsOf(subject, folds, seed + 1).entries()) {
    onProgress?.(`fold ${number + 1} of ${folds}`);
    if (fold.length === 0) continue;
    const others = othersOf(fold, count);
    const effects = others.length === 0 ? [] : learnEffects(all, others, seed);
    const best = bestArms(all, fold, effectTable(all, fold, effects), choices);
    const shown = explored(all, fold, best, { exploration: base.exploration, choices });
    const judged = learnExpected(all, others, seed)(fold);
    fold.forEach((row, at) => {
      policy.set(shown.subarray(at * arms.length, (at + 1) * arms.length), row * arms.length);
      expected.set(judged.subarray(at * arms.length, (at + 1) * arms.length), row * arms.length);
    });
  }
  onProgress?.('all of the log');
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  const effects = learnEffects(all, rows, seed);
  const against = present ?? explored(all, rows, all.rule, { exploration: base.exploration, choices });
  const estimate = (name: 'ips' | 'snips' | 'dr'): OffPolicyEstimate => comparePolicies(name, { decisions: all.decisions, policy, present: against, expected, seed });
  const estimates = { ips: estimate('ips'), snips: estimate('snips'), dr: estimate('dr') };
  const evaluation = evaluationOf(estimates.dr, count);
  const learned: LearnedDocument = {
    target,
    horizonDays,
    until,
    columns: all.data.columns.map(({ name }) => name),
    effects: effects.map(({ arm, offset, slope, model, decisions, effective }) => ({ arm, offset, slope, model: modelText(model), decisions, effective })),
    evaluation,
  };
  return { document: { ...base, version: base.version + 1, learned }, evaluation, objection: objection(evaluation), estimates, effects, unseen: { policy, expected } };
}

