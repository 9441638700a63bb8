import { canonicalJson, contentId, Fault, quote } from '../../base/index.ts';
import { objection } from '../../experiment/index.ts';
import { parseArmName, WAIT, type Arm } from './arm.ts';
import { DEFAULT_ACTIONS } from './default.ts';
import type { ActionPolicyDocument } from './document.ts';
import { loadEffects, parseLearned, type Effects, type LearnedDocument } from './learned.ts';
import { parseConstraints } from './read-constraints.ts';

/** A checked policy, ready to choose. */
export interface ActionPolicy {
  readonly document: ActionPolicyDocument;
  readonly hash: string;
  readonly arms: readonly Arm[];
  /** Null where the rules act alone. */
  readonly effects: Effects | null;
  /** Why the learned effects do not act; null where they do. */
  readonly silent: string | null;
}

/**
 * Checks an action policy, hashes it (32 hex digits over its canonical JSON) and makes it ready. Learned effects act only
 * where their own evaluation clears. `columns`: the features that constraints may name; null: any, as in what was stored.
 * Throws a Fault that names value, rule, remedy.
 */
export function parseActionPolicy(raw: unknown, columns: readonly string[] | null = null): ActionPolicy {
  const { version, actions, exploration, constraints, learned, ...rest } = (raw ?? {}) as Record<string, unknown>;
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) throw fault(extra, 'is not a known field', 'use version, actions, exploration, constraints, learned');
  if (!Number.isSafeInteger(version) || (version as number) < 1) throw fault(version, 'version must be a whole number from 1', 'count it up with each change');
  if (!isShare(exploration)) throw fault(exploration, 'exploration must be a share from 0 to 1', 'change it');
  if (!Array.isArray(actions)) throw fault(actions, 'actions must be a list', 'write one entry an action');
  const arms = actions.map(parseSpec);
  const twice = arms.find(({ name }, at) => arms.findIndex((arm) => arm.name === name) < at);
  if (twice !== undefined) throw fault(twice.name, 'is listed twice', 'keep one of them');
  const document: ActionPolicyDocument = {
    version: version as number,
    actions: arms.map(({ name, explore, least, cost }) => ({ name, explore, least, cost })),
    exploration,
    constraints: parseConstraints(constraints, columns),
    learned: learned === null || learned === undefined ? null : parseLearned(learned),
  };
  const silent = document.learned === null ? 'no effect is learned yet' : objection(document.learned.evaluation);
  return {
    document,
    hash: contentId(canonicalJson(document)),
    arms: arms.some(({ kind }) => kind === 'wait') ? arms : [...arms, WAIT],
    effects: document.learned === null || silent !== null ? null : loadEffects(document.learned),
    silent,
  };
}

/** A policy whose effects act whatever any evaluation says of them: what an evaluation itself asks. Throws as `parseActionPolicy` does. */
export function trialPolicy(document: ActionPolicyDocument, learned: Pick<LearnedDocument, 'target' | 'columns' | 'effects'>): ActionPolicy {
  return { ...parseActionPolicy({ ...document, learned: null }), effects: loadEffects(learned), silent: null };
}

/** The same policy where the rules act alone: of the control arm. Its share by lot stays, so both arms pay for what is learned. */
export const withoutEffects = (policy: ActionPolicy): ActionPolicy => (policy.effects === null ? policy : { ...policy, effects: null });

let standard: ActionPolicy | undefined;

/** What decides where no policy was promoted. */
export const defaultActionPolicy = (): ActionPolicy => (standard ??= parseActionPolicy(DEFAULT_ACTIONS));

function parseSpec(raw: unknown): Arm {
  const { name, explore = 1, least = 0, cost = 0, ...rest } = (raw ?? {}) as Record<string, unknown>;
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) throw fault(extra, 'is no part of an action', 'use name, explore, least, cost');
  const arm = parseArmName(name);
  if (typeof explore !== 'number' || !(explore >= 0 && explore <= 1_000)) throw fault(explore, `explore of ${arm.name} must be a weight from 0 to 1000`, 'change it');
  if (!isShare(least)) throw fault(least, `least of ${arm.name} must be a probability`, 'change it');
  if (typeof cost !== 'number' || !(cost >= 0 && cost <= 1e9)) throw fault(cost, `cost of ${arm.name} must be an amount, 0 or more`, 'change it');
  return { ...arm, explore, least, cost };
}

const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;

const fault = (value: unknown, rule: string, remedy: string): Fault => new Fault({ kind: 'input', value: `actions: ${quote(value)}`, rule, remedy });
