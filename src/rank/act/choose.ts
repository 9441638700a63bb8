import { DAY, hash32 } from '../../base/index.ts';
import { targetOf } from '../../features/index.ts';
import type { Action } from '../assessment.ts';
import type { Arm } from './arm.ts';
import { allowed, leftOutOf, type Blocked } from './constraint.ts';
import type { Effects } from './learned.ts';
import type { ActionPolicy } from './policy.ts';
import { chances, draw, type Chance } from './propensity.ts';
import { ruled, type Ruled } from './rules.ts';
import { blockedSentence, chanceSentence, effectSentence } from './sentence.ts';
import type { Situation } from './situation.ts';

/**
 * The next best action: what the constraints leave; of that the action with the largest learned effect, or what the rules say
 * where no effect is larger; or, in the policy's share of decisions, one by lot. The lot is drawn by record and day, so a
 * refresh shows the same, and the decision holds every probability.
 */
export function chooseAction(situation: Situation, policy: ActionPolicy): Action {
  const { document, hash } = policy;
  const { rule, best, among, blocked } = weigh(situation, policy);
  const shown = draw(among, hash32(situation.subject, Math.floor(situation.now / DAY)));
  const { arm, propensity } = shown;
  const basis = arm !== best.arm ? 'chance' : arm === rule.arm ? 'rules' : 'effect';
  const sentence =
    basis === 'rules' ? rule.sentence : basis === 'effect' ? effectSentence(arm, { effect: best.effect, rule: rule.arm, target: policy.effects!.target }) : chanceSentence(arm, document.exploration);
  return {
    kind: arm.kind,
    template: arm.template,
    sentence,
    propensity,
    alternatives: among.flatMap((one) => (one === shown ? [] : [{ action: one.arm.name, propensity: one.propensity }])),
    basis,
    rule: rule.arm.name,
    policy: hash,
    ...(blocked.length > 0 && { leftOut: leftOutOf(blocked) }),
  };
}

/** How likely a policy is to recommend each action, by its name. */
export function actionChances(situation: Situation, policy: ActionPolicy): ReadonlyMap<string, number> {
  return new Map(weigh(situation, policy).among.map(({ arm, propensity }) => [arm.name, propensity]));
}

interface Weighed {
  readonly rule: Ruled;
  readonly best: Best;
  readonly among: readonly Chance[];
  readonly blocked: readonly Blocked[];
}

/** Constraints, then rules, then effects, then the lot's share. */
function weigh(situation: Situation, { arms, document, effects }: ActionPolicy): Weighed {
  const possible = allowed(arms, document.constraints, situation);
  const { left, blocked } = possible;
  const rule = ruled(possible, situation) ?? { arm: left.at(-1)!, sentence: blockedSentence(blocked) };
  const known = effects !== null && targetOf(situation.subject) === effects.target ? effects : null;
  const best = known === null ? { arm: rule.arm, effect: 0 } : bestArm(left, rule.arm, known, situation);
  return { rule, best, among: chances(left, best.arm, document.exploration), blocked };
}

interface Best {
  readonly arm: Arm;
  /** Above what the rules say, as a probability. */
  readonly effect: number;
}

/** The largest effect × value above what the action must bring; what the rules say has no effect of its own and wins ties. */
function bestArm(left: readonly Arm[], rule: Arm, effects: Effects, { feature, amount }: Situation): Best {
  let best: Best = { arm: rule, effect: 0 };
  let most = 0;
  for (const arm of left) {
    const effect = arm === rule ? undefined : effects.effect(arm.name, feature);
    if (effect === undefined) continue;
    const worth = amount === null ? effect - arm.least : (effect - arm.least) * amount - (arm.cost - rule.cost);
    if (!(worth > most)) continue;
    best = { arm, effect };
    most = worth;
  }
  return best;
}
