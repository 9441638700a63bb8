import { DAY, Fault } from '../base/index.ts';
import { evaluate, pointsScore, type RuleSet } from '../rules/index.ts';
import type { Value } from '../trees/index.ts';
import { chooseAction, defaultActionPolicy, situationOf, type ActionPolicy } from './act/index.ts';
import type { Assessment, Grade, RecordFacts, SourceAge } from './assessment.ts';
import { gradeOf, steadyGrade } from './grade.ts';
import type { LastScore } from './last.ts';
import type { LoadedModel, Scored } from './model.ts';
import { portable } from './portable.ts';
import { reasonsOf } from './reasons.ts';
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
  /** Why the model may not be asked although it is there, e.g. a deadline; in plain words. */
  readonly fault?: string | null;
}

/** A last score older than this is no answer any more; the rules are. */
const LAST_SCORE_LIFE = 7 * DAY;

const NO_VALUE = { value: null, expectedValue: null } as const;

type Answer = Omit<Assessment, 'subject' | 'action'>;

/**
 * One record's assessment at `now` (ms), at the best level of service that can be had: the model (L0, or L1 where a
 * source is stale), its last score of at most seven days (L2), the points rules (L3). Pure and total: a model that
 * throws or answers no finite number lowers the level and says so.
 */
export function assess(input: AssessInput, now: number, engine: Engine): Assessment {
  const vector = portable(input.vector);
  const scored = ask(engine, vector);
  const answer =
    typeof scored === 'string' ? withoutModel(input, vector, now, engine, scored) : withModel(input, scored);
  const situation = situationOf({ ...input, vector, now, grade: answer.grade, amount: answer.value?.amount ?? null, columns: engine.columns });
  return { subject: input.subject, ...answer, action: chooseAction(situation, engine.actions ?? defaultActionPolicy()) };
}

/** The model's answer, or why there is none. */
function ask({ model, columns, fault }: Engine, vector: readonly Value[]): Scored | string {
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

function withModel({ sources, last }: AssessInput, { raw, probability, score, effects, value }: Scored): Answer {
  const stale = sources.filter((source) => source.stale);
  const levelReason = stale.length === 0 ? null : `Data is late: ${list(stale.map(late))}`;
  return {
    level: stale.length === 0 ? 'L0' : 'L1',
    levelReason,
    raw,
    probability,
    value,
    expectedValue: value && probability * value.amount,
    score,
    grade: steadyGrade(score, last?.grade ?? null),
    reasons: reasonsOf(effects),
  };
}

function withoutModel(input: AssessInput, vector: readonly Value[], now: number, engine: Engine, why: string): Answer {
  const { last } = input;
  if (last !== null && now - last.time <= LAST_SCORE_LIFE) {
    const { score, grade, probability, reasons } = last;
    const levelReason = `Last score, ${span(now - last.time)} old: ${why}`;
    return { level: 'L2', levelReason, raw: null, probability, ...NO_VALUE, score, grade, reasons };
  }
  return byRules(engine, vector, `Rules only: ${why}`);
}

function byRules(
  { rules, columns }: { rules: RuleSet; columns: readonly string[] },
  vector: readonly Value[],
  levelReason: string,
): Answer {
  const { points, contributions } = evaluate(rules, columns, vector);
  const score = pointsScore(points);
  const grade: Grade = gradeOf(score);
  const reasons = reasonsOf(
    contributions.map(({ theme, points: effect, sentence }) => ({ theme, effect, sentence: () => sentence })),
  );
  return { level: 'L3', levelReason, raw: null, probability: null, ...NO_VALUE, score, grade, reasons };
}

function late({ source, ageMs }: SourceAge): string {
  return `${source} was last heard ${span(ageMs)} ago`;
}
