import { DAY, Fault } from '../base/index.ts';
import { chanceOf, evaluate, pointsScore, type RuleContribution, type RuleSet } from '../rules/index.ts';
import type { Value } from '../trees/index.ts';
import { chooseAction, defaultActionPolicy, situationOf, type ActionPolicy } from './act/index.ts';
import type { Assessment, Grade, RecordFacts, SourceAge } from './assessment.ts';
import { gradeOf, steadyGrade } from './grade.ts';
import type { LastScore } from './last.ts';
import { blindAction, told, withoutPolicy, type Lacks } from './lacks.ts';
import type { LoadedModel, Scored } from './model.ts';
import { STANDARD_GRADES, type GradeSpec } from './policy/grades.ts';
import { portable } from './portable.ts';
import { reasonsOf, type Effect } from './reasons.ts';
import { thinness } from './evidence.ts';
import { list, span } from './words.ts';

export interface AssessInput extends RecordFacts {
  readonly subject: string;
  /** One value a column of the engine. */
  readonly vector: readonly Value[];
  readonly sources: readonly SourceAge[];
  readonly last: LastScore | null;
}

/** What `assess` decides with, beside the record. */
export interface Engine {
  readonly model: LoadedModel | null;
  readonly rules: RuleSet;
  /** Names the entries of every vector. */
  readonly columns: readonly string[];
  /** How the next best action is chosen; the one that comes with leadrank where it is not given. */
  readonly actions?: ActionPolicy | undefined;
  /** Among which records and from which percentile which grade is given; as leadrank comes where it is not given. */
  readonly grades?: GradeSpec | undefined;
  /** Why the model may not be asked although it is there, e.g. a deadline; in plain words. */
  readonly fault?: string | null;
  /** What could not be had for this record; absent: everything could. */
  readonly lacks?: Lacks | undefined;
  /** The arm of an experiment that the record is in: in `control` the rules answer although the model is there. */
  readonly arm?: string | null;
}

/** A last score older than this is no answer any more; the rules are. */
const LAST_SCORE_LIFE = 7 * DAY;

/** Why the rules answer in the control arm of an experiment: nothing is wrong. */
const CONTROL = 'Control arm';

/** Why the rules answer where nobody has promoted a model: nothing is wrong either. */
const BY_DESIGN = 'Rules by design: no model decides of such records yet';

const NO_VALUE = { value: null, expectedValue: null } as const;

type Answer = Omit<Assessment, 'subject' | 'action'>;

/**
 * One record's assessment at `now` (ms), at the best level of service that can be had: the model (L0, or L1 where a
 * source is stale), its last score of at most seven days (L2), the points rules (L3); in the control arm by the rules. Pure and
 * total: a model that throws or answers no finite number lowers the level and says so, as does what lacks.
 */
export function assess(input: AssessInput, now: number, engine: Engine): Assessment {
  const vector = portable(input.vector);
  const { lacks, columns, actions = defaultActionPolicy() } = engine;
  const answer = answerOf(input, vector, now, engine);
  const policy = lacks?.actions === undefined ? actions : defaultActionPolicy();
  if (lacks?.features !== undefined) return { subject: input.subject, ...answer, action: blindAction(policy) };
  const situation = situationOf({ ...input, vector, now, grade: answer.grade, amount: answer.value?.amount ?? null, columns });
  return { subject: input.subject, ...answer, levelReason: withoutPolicy(answer.levelReason, lacks), action: chooseAction(situation, policy) };
}

function answerOf(input: AssessInput, vector: readonly Value[], now: number, engine: Engine): Answer {
  if (isControl(engine)) return byRules(engine, vector, CONTROL);
  const scored = ask(engine, vector);
  return typeof scored === 'string' ? withoutModel(input, vector, now, engine, scored) : withModel(input, vector, engine, scored);
}

/** In the control arm; what cannot be read of a record is told instead where that is so. */
const isControl = ({ arm, lacks }: Engine): boolean => arm === 'control' && lacks?.features === undefined;

/** No model was promoted, and nothing else is missing. */
const isByDesign = ({ model, fault, lacks }: Engine): boolean => model === null && !fault && lacks?.features === undefined && lacks?.last === undefined;

/** The model's answer, or why there is none. */
function ask({ model, columns, fault, lacks }: Engine, vector: readonly Value[]): Scored | string {
  if (lacks?.features !== undefined) return lacks.features;
  if (fault) return fault;
  if (model === null) return 'no model is loaded';
  try {
    return model.score(columns, vector) ?? 'the model gave no finite score';
  } catch (cause) {
    return cause instanceof Fault
      ? `the model failed: ${cause.value} ${cause.rule}`
      : 'the model failed on this record';
  }
}

function withModel({ sources, last }: AssessInput, vector: readonly Value[], engine: Engine, { raw, probability, score, effects, baseline, ...scored }: Scored): Answer {
  const { grades = STANDARD_GRADES, lacks, model, columns } = engine;
  const stale = sources.filter((source) => source.stale);
  const lost = lacks?.value ?? scored.valueFault;
  const value = lost === undefined ? scored.value : null;
  const { reasons, rest } = reasonsOf(effects);
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
    reasons: [...reasons, ...thinness(effects)],
    sum: { baseline, rest },
  };
}

function withoutModel(input: AssessInput, vector: readonly Value[], now: number, engine: Engine, why: string): Answer {
  const { last } = input;
  if (last !== null && now - last.time <= LAST_SCORE_LIFE) {
    const { score, grade, probability, reasons } = last;
    const levelReason = `Last score, ${span(now - last.time)} old: ${why}`;
    return { level: 'L2', levelReason, raw: null, probability, ...NO_VALUE, score, grade, reasons };
  }
  return byRules(engine, vector, isByDesign(engine) ? BY_DESIGN : `Rules only: ${told(why, engine.lacks?.last)}`);
}

function byRules(
  { rules, columns, grades }: Engine,
  vector: readonly Value[],
  levelReason: string,
): Answer {
  const { points, contributions } = evaluate(rules, columns, vector);
  const score = pointsScore(points);
  const grade: Grade = gradeOf(score, grades);
  const { reasons, rest } = reasonsOf(
    pointEffects(contributions),
  );
  return { level: 'L3', levelReason, raw: null, probability: null, share: chanceOf(points, rules.chances), ...NO_VALUE, score, grade, reasons, sum: { baseline: rules.base, rest } };
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
  const scored = isControl(engine) ? CONTROL : ask(engine, vector);
  if (typeof scored !== 'string') return { by: engine.model!.id, effects: scored.effects };
  if (scored !== CONTROL && input.last !== null && now - input.last.time <= LAST_SCORE_LIFE) return null;
  const { rules, columns } = engine;
  return { by: rules.hash, effects: pointEffects(evaluate(rules, columns, vector).contributions) };
}

function late({ source, ageMs }: SourceAge): string {
  return `${source} was last heard ${span(ageMs)} ago`;
}
