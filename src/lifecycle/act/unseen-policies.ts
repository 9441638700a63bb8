import type { PolicyTable } from '../../experiment/index.ts';
import type { TargetName } from '../../features/index.ts';
import { trialPolicy, type ActionPolicyDocument } from '../../rank/index.ts';
import { crossFit, othersOf } from '../cross-fit.ts';
import { documented, learnEffects } from './effects.ts';
import { policyTable } from './policy-table.ts';
import type { Recommendations } from './recommendations.ts';

/** The probabilities, decisions × actions, of the policy in which these actions alone may take the rules' place. */
export type PolicyOf = (wanted: ReadonlySet<string>) => PolicyTable;

export interface UnseenOptions {
  /** Decisions by folds, no subject in two of them, and none that is all there is. */
  readonly dealt: readonly Int32Array[];
  readonly base: ActionPolicyDocument;
  readonly target: TargetName;
  readonly seed: number;
  readonly onProgress?: ((stage: string) => void) | undefined;
}

/** Policies that choose at each decision by effects which were learned from the other folds. */
export function unseenPolicies(all: Recommendations, { dealt, base, target, seed, onProgress }: UnseenOptions): PolicyOf {
  const { count, arms } = all.decisions;
  const columns = all.data.columns.map(({ name }) => name);
  const learned = new Map(dealt.map((fold, at) => {
    onProgress?.(`fold ${at + 1} of ${dealt.length}`);
    return [fold, documented(learnEffects(all, othersOf(fold, count), seed))];
  }));
  return (wanted) =>
    crossFit(dealt, { rows: count, width: arms.length }, (fold) => {
      const effects = learned.get(fold)!.filter(({ arm }) => wanted.has(arm));
      return policyTable(Array.from(fold, (row) => all.situations[row]!), trialPolicy(base, { target, columns, effects }), arms);
    });
}
