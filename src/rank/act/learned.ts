import { isTarget, type TargetName } from '../../features/index.ts';
import type { Evaluation } from '../../experiment/index.ts';
import { createScorer, decodeModel, type Scorer, type Value } from '../../trees/index.ts';
import { Fault, quote } from '../../base/index.ts';
import { parseEvaluation } from './evaluation.ts';

/** Effects that were learned from logged recommendations, as plain data. */
export interface LearnedDocument {
  /** Whom they are of: leads that convert, or opportunities that are won. */
  readonly target: TargetName;
  /** Effects are of that within so many days. */
  readonly horizonDays: number;
  /** When the newest recommendation that they were learned from was made, ms. */
  readonly until: number;
  /** The features that they follow from, in the order of the models' inputs. */
  readonly columns: readonly string[];
  readonly effects: readonly LearnedEffect[];
  /** What the policy of these effects was found to bring. */
  readonly evaluation: Evaluation;
}

/** The effect of recommending one action in the place of what the rules say: `offset` + `slope` × model, as a probability. */
export interface LearnedEffect {
  readonly arm: string;
  readonly offset: number;
  readonly slope: number;
  /** Trees as base64 of their binary form; null where the effect is the same for all. */
  readonly model: string | null;
  /** Times that it was recommended, and how many recommendations by lot those are worth. */
  readonly decisions: number;
  readonly effective: number;
}

/** Learned effects, ready to be asked. */
export interface Effects {
  readonly target: TargetName;
  /** The effect of an action in the place of what the rules say; undefined where none was learned. */
  effect(arm: string, feature: (name: string) => Value): number | undefined;
}

/** Makes effects ready. Throws a Fault for a model that cannot be read or has other inputs than the columns. */
export function loadEffects({ target, columns, effects }: Pick<LearnedDocument, 'target' | 'columns' | 'effects'>): Effects {
  const known = new Map(effects.map(({ arm, offset, slope, model }) => [arm, { offset, slope, scorer: model === null ? null : scorerOf(arm, model, columns) }]));
  return {
    target,
    effect(arm, feature) {
      const found = known.get(arm);
      if (found === undefined) return undefined;
      const { offset, slope, scorer } = found;
      const effect = scorer === null ? offset : offset + slope * scorer.raw(columns.map(feature));
      return Number.isFinite(effect) ? effect : undefined;
    },
  };
}

/** Checks what a document says was learned. Throws a Fault. */
export function parseLearned(raw: unknown): LearnedDocument {
  const { target, horizonDays, until, columns, effects, evaluation, ...rest } = (raw ?? {}) as Record<string, unknown>;
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) throw fault(extra, 'is not a known field', 'use target, horizonDays, until, columns, effects, evaluation');
  if (!isTarget(target)) throw fault(target, 'target must be lead or opportunity', 'name one');
  if (!Number.isSafeInteger(horizonDays) || (horizonDays as number) < 1) throw fault(horizonDays, 'horizonDays must be a whole number from 1', 'change it');
  if (!Number.isFinite(until)) throw fault(until, 'until must be a time in ms', 'learn them again');
  if (!Array.isArray(columns) || !columns.every((name) => typeof name === 'string')) throw fault(columns, 'columns must be names of features', 'list them');
  if (!Array.isArray(effects)) throw fault(effects, 'effects must be a list', 'learn them again');
  if (evaluation === undefined || evaluation === null)
    throw fault(evaluation, 'learned effects come with the evaluation of their policy', 'make them with `bin/leadrank policy learn`');
  return { target, horizonDays: horizonDays as number, until: until as number, columns: columns as string[], effects: effects.map(parseEffect), evaluation: parseEvaluation(evaluation) };
}

function parseEffect(raw: unknown): LearnedEffect {
  const { arm, offset, slope, model, decisions, effective } = (raw ?? {}) as Record<string, unknown>;
  if (typeof arm !== 'string') throw fault(arm, 'arm must name an action', 'learn it again');
  for (const number of [offset, slope, decisions, effective])
    if (!Number.isFinite(number)) throw fault(number, `of ${arm} must be a finite number`, 'learn it again');
  if (model !== null && typeof model !== 'string') throw fault(model, `model of ${arm} must be base64 or null`, 'learn it again');
  return { arm, offset, slope, model, decisions, effective } as LearnedEffect;
}

function scorerOf(arm: string, model: string, columns: readonly string[]): Scorer {
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(model), (char) => char.charCodeAt(0));
  } catch (cause) {
    throw new Fault({ kind: 'corrupt', value: `model of ${quote(arm)}`, rule: 'is not base64', remedy: 'learn it again', cause });
  }
  const scorer = createScorer(decodeModel(bytes));
  if (scorer.features.join('\n') !== columns.join('\n')) throw fault(arm, 'has a model of other features than the policy names', 'learn it again');
  return scorer;
}

const fault = (value: unknown, rule: string, remedy: string): Fault =>
  new Fault({ kind: 'input', value: `learned effects: ${quote(value)}`, rule, remedy });
