import { DAY, Fault } from '../base/index.ts';
import { chanceOf, pointsOf, pointsScore } from '../rules/index.ts';
import type { Value } from '../trees/index.ts';
import type { AssessInput, Engine } from './assess-input.ts';
import type { Rating, SourceAge } from './assessment.ts';
import { steadyGrade } from './grade.ts';
import type { LastScore } from './last.ts';
import { told } from './lacks.ts';
import type { LoadedModel, Rated } from './model.ts';
import { STANDARD_GRADES } from './policy/grades.ts';
import { portable } from './portable.ts';
import { list, span } from './words.ts';

/** A last score older than this is no answer any more; the rules are. */
const LAST_SCORE_LIFE = 7 * DAY;

/** Why the rules answer in the control arm of an experiment: nothing is wrong. */
export const CONTROL = 'Control arm';

/** Why the rules answer where nobody has promoted a model: nothing is wrong either. */
const BY_DESIGN = 'Rules by design: no model decides of such records yet';

const NO_VALUE = { value: null, expectedValue: null } as const;

/**
 * What a list goes by of one record at `now` (ms): its assessment without reasons and action, which cost most of it. Pure and total, as
 * `assess` is.
 */
export function rate(input: AssessInput, now: number, engine: Engine): Rating {
  const vector = portable(input.vector);
  return { subject: input.subject, ...ratingOf(input, vector, now, { engine, scored: ask(engine, vector, 'rate') }) };
}

/** How a record is answered: by what the model said, or why it said nothing. */
export interface Reply<S extends Rated = Rated> {
  readonly engine: Engine;
  readonly scored: S | string;
}

export function ratingOf(input: AssessInput, vector: readonly Value[], now: number, { engine, scored }: Reply): Omit<Rating, 'subject'> {
  if (typeof scored !== 'string') return withModel(input, vector, engine, scored);
  const last = lastFor(input, now, engine);
  if (last === null) return byRules(input, vector, engine, scored === CONTROL ? CONTROL : isByDesign(engine) ? BY_DESIGN : `Rules only: ${told(scored, engine.lacks?.last)}`);
  const { score, grade, probability } = last;
  return { level: 'L2', levelReason: `Last score, ${span(now - last.time)} old: ${scored}`, raw: null, probability, ...NO_VALUE, score, grade };
}

/** The last score that answers where the model does not; null where rules do, as always in the control arm: it is the model's word too. */
export function lastFor({ last }: AssessInput, now: number, { arm }: Pick<Engine, 'arm'>): LastScore | null {
  return arm !== 'control' && last !== null && now - last.time <= LAST_SCORE_LIFE ? last : null;
}

/** No model was promoted, and nothing else is missing. */
const isByDesign = ({ model, fault, lacks }: Engine): boolean => model === null && !fault && lacks?.features === undefined && lacks?.last === undefined;

/** The model's answer, `rate` the figures alone, `score` with its effects; or why there is none. What cannot be read of a record goes before its arm. */
export function ask<How extends 'rate' | 'score'>({ model, columns, fault, lacks, arm }: Engine, vector: readonly Value[], how: How): NonNullable<ReturnType<LoadedModel[How]>> | string {
  if (lacks?.features !== undefined) return lacks.features;
  if (arm === 'control') return CONTROL;
  if (fault) return fault;
  if (model === null) return 'no model is loaded';
  try {
    return (model[how](columns, vector) as NonNullable<ReturnType<LoadedModel[How]>> | null) ?? 'the model gave no finite score';
  } catch (cause) {
    return cause instanceof Fault
      ? `the model failed: ${cause.value} ${cause.rule}`
      : 'the model failed on this record';
  }
}

function withModel({ sources, last }: AssessInput, vector: readonly Value[], engine: Engine, { raw, probability, score, ...scored }: Rated): Omit<Rating, 'subject'> {
  const { grades = STANDARD_GRADES, lacks, model, columns } = engine;
  const stale = sources.filter((source) => source.stale);
  const lost = lacks?.value ?? scored.valueFault;
  const value = lost === undefined ? scored.value : null;
  const standing = model!.standing(columns, vector, raw, grades.by) ?? { percentile: score, among: null };
  return {
    level: stale.length === 0 ? 'L0' : 'L1',
    levelReason: told(stale.length > 0 && `Data is late: ${list(stale.map(late))}`, lost !== undefined && `Without a value: ${lost}`),
    raw,
    probability,
    value,
    expectedValue: value && probability * value.amount,
    score,
    grade: steadyGrade(standing.percentile, last?.grade ?? null, grades),
    standing,
  };
}

function byRules({ pointsGrade = null }: AssessInput, vector: readonly Value[], { rules, columns, grades }: Engine, levelReason: string): Omit<Rating, 'subject'> {
  const points = pointsOf(rules, columns, vector);
  const score = pointsScore(points);
  return { level: 'L3', levelReason, raw: null, probability: null, share: chanceOf(points, rules.chances), ...NO_VALUE, score, grade: steadyGrade(score, pointsGrade, grades) };
}

function late({ source, ageMs }: SourceAge): string {
  return `${source} was last heard ${span(ageMs)} ago`;
}
