import { evaluate, type RuleContribution } from '../rules/index.ts';
import type { Value } from '../trees/index.ts';
import { chooseAction, defaultActionPolicy, situationOf, withoutEffects } from './act/index.ts';
import type { AssessInput, Engine } from './assess-input.ts';
import type { Assessment } from './assessment.ts';
import { thinness } from './evidence.ts';
import { blindAction, withoutPolicy } from './lacks.ts';
import type { Scored } from './model.ts';
import { portable } from './portable.ts';
import { ask, CONTROL, lastFor, ratingOf, type Reply } from './rate.ts';
import { reasonsOf, type Effect } from './reasons.ts';

export type { AssessInput, Engine } from './assess-input.ts';

/**
 * One record's assessment at `now` (ms), at the best level of service that can be had: the model (L0, or L1 where a
 * source is stale), its last score of at most seven days (L2), the points rules (L3); in the control arm by the rules, and without what was
 * learned of actions. Pure and total: a model that throws or answers no finite number lowers the level and says so, as does what lacks.
 */
export function assess(input: AssessInput, now: number, engine: Engine): Assessment {
  const vector = portable(input.vector);
  const { lacks, columns, actions = defaultActionPolicy() } = engine;
  const reply = { engine, scored: ask(engine, vector, 'score') };
  const answer = { ...ratingOf(input, vector, now, reply), ...reasonsIn(input, vector, now, reply) };
  const policy = lacks?.actions === undefined ? actions : defaultActionPolicy();
  if (lacks?.features !== undefined) return { subject: input.subject, ...answer, action: blindAction(policy) };
  const situation = situationOf({ ...input, vector, now, grade: answer.grade, amount: answer.value?.amount ?? null, columns });
  return { subject: input.subject, ...answer, levelReason: withoutPolicy(answer.levelReason, lacks), action: chooseAction(situation, reply.scored === CONTROL ? withoutEffects(policy) : policy) };
}

/** Why: by the model's effects, by the last score as it was said, or by the rules. */
function reasonsIn(input: AssessInput, vector: readonly Value[], now: number, { engine, scored }: Reply<Scored>): Pick<Assessment, 'reasons' | 'sum'> {
  if (typeof scored !== 'string') {
    const { reasons, rest } = reasonsOf(scored.effects);
    return { reasons: [...reasons, ...thinness(scored.effects)], sum: { baseline: scored.baseline, rest } };
  }
  const last = lastFor(input, now, engine);
  if (last !== null) return { reasons: last.reasons };
  const { rules, columns } = engine;
  const { reasons, rest } = reasonsOf(pointEffects(evaluate(rules, columns, vector).contributions));
  return { reasons, sum: { baseline: rules.base, rest } };
}

function pointEffects(contributions: readonly RuleContribution[]): Effect[] {
  return contributions.map(({ rule: feature, theme, points: effect, sentence }) => ({ feature, theme, effect, sentence: () => sentence }));
}

/**
 * What made a record's answer at `now`, feature by feature (rule by rule where rules answer), and the id of the model or rules that
 * it is of; null where a last score answers, for that is not known any more.
 */
export function explained(input: AssessInput, now: number, engine: Engine): { by: string; effects: readonly Effect[] } | null {
  const vector = portable(input.vector);
  const scored = ask(engine, vector, 'score');
  if (typeof scored !== 'string') return { by: engine.model!.id, effects: scored.effects };
  if (lastFor(input, now, engine) !== null) return null;
  const { rules, columns } = engine;
  return { by: rules.hash, effects: pointEffects(evaluate(rules, columns, vector).contributions) };
}
