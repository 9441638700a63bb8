/** The books of all reps at a moment: what the product knows of each open lead, and what only the simulation knows. */
import { DAY, hash32 } from '../../src/base/index.ts';
import type { SubjectId } from '../../src/events/index.ts';
import { LEAD_FEATURES, type LeadRecord } from '../../src/features/index.ts';
import { engine, fieldsOf, policyFields, readerOf, type Assessment, type Candidate, type LoadedModel, type Policy, type RepFacts } from '../../src/rank/index.ts';
import { DEFAULT_RULES, evaluate } from '../../src/rules/index.ts';
import type { Value } from '../../src/trees/index.ts';
import type { Stage } from './stage.ts';

export const HORIZON = 30 * DAY;
export const COLUMNS = LEAD_FEATURES.map(({ name }) => name);
export const RULES = engine.parseRules(DEFAULT_RULES, COLUMNS);

/** A lead in the book of a rep at a moment. */
export interface Row {
  readonly subject: SubjectId;
  readonly record: LeadRecord;
  readonly vector: readonly Value[];
  readonly truth: Chances;
}

/** What becomes of a lead within the horizon. */
export interface Chances {
  /** Whether it converts in the course of things that is told. */
  readonly converts: boolean;
  /** The share of other possible courses in which it does, and that of as many more: what the one chooses, the other judges. */
  readonly chance: number;
  readonly again: number;
  /** Of the deal that it would open, as `sizeOf` has it. */
  readonly size: number;
}

/** The open leads of one rep at a moment, ms. */
export interface Book {
  readonly rep: SubjectId;
  readonly now: number;
  readonly rows: readonly Row[];
}

/** The books of those who own a lead now, of at most so many of them, without leads that the world did not tell of as such (entered twice, or erased). */
export function booksAt({ state, oracle, idOf, sizeOf }: Stage, now: number, { courses, most }: { courses: number; most: number }): Book[] {
  const truthOf = (subject: SubjectId): Chances | undefined => {
    const id = idOf(subject);
    const life = id === undefined ? undefined : oracle.truth(id);
    if (id === undefined || life === undefined) return undefined;
    const { created, convertedAt } = life;
    const days = HORIZON / DAY;
    // As of the end of the day before; of a lead that came in today, of this day, on which it cannot convert yet.
    const age = Math.max(0, Math.floor(now / DAY) - 1 - Math.floor(created / DAY));
    const chance = oracle.chance(id, { age, days, courses }) ?? 0;
    const both = oracle.chance(id, { age, days, courses: 2 * courses }) ?? 0;
    return { converts: convertedAt !== null && convertedAt > now && convertedAt <= now + HORIZON, chance, again: 2 * both - chance, size: sizeOf(id) };
  };
  return state.owners().filter((owner) => state.user(owner)?.queue !== true).slice(0, most).map((rep) => ({
    rep,
    now,
    rows: state.owned(rep).flatMap((subject) => {
      const record = subject.startsWith('ld_') ? state.record(subject) : undefined;
      const truth = record && truthOf(subject);
      return record && truth ? [{ subject, record, vector: record.vector(now), truth }] : [];
    }),
  }));
}

/** Points of a lead by the rules that come with leadrank. */
export const pointsOf = ({ vector }: Row): number => evaluate(RULES, COLUMNS, vector).points;

/** What the model says of each lead of a book. */
export function assessed({ rows, now }: Book, model: LoadedModel): Assessment[] {
  return rows.map(({ subject, record: { created, lastTouch, lastEvent }, vector }) =>
    engine.assess({ subject, vector, sources: [], last: null, created, lastTouch, lastEvent }, now, { model, rules: RULES, columns: COLUMNS }));
}

/** A list as a rep sees it, over the whole book: the subjects in order. Candidates come with the flags and bars of the policy. */
export function listOf(stage: Stage, { rep, rows, now }: Book, assessments: readonly Assessment[], policy: Policy, limit: number): string[] {
  const fieldsIn = fieldsOf(policyFields(policy));
  const known = new Map(rows.map((row, at) => [row.subject as string, { assessment: assessments[at]!, fields: fieldsIn(COLUMNS, row.vector) }]));
  const facts = repOf(stage, rep);
  const context = { now, user: rep, limit, rep: facts };
  const seed = hash32(rep, engine.dayOf(policy, context));
  const own = ownCandidates(stage, { rep, now, seed }, policy, known);
  return engine.arrange(own, context, policy, seed).items.map(({ subject }) => subject);
}

type Judged = Pick<Required<Candidate>, 'assessment' | 'fields'>;

function ownCandidates({ state }: Stage, { rep, now, seed }: { rep: SubjectId; now: number; seed: number }, policy: Policy, known: ReadonlyMap<string, Judged>): Candidate[] {
  const reader = readerOf(state, () => undefined);
  const nobody = { assessment: known.values().next().value!.assessment, fields: {} };
  const { candidates } = engine.select(reader, { user: rep, now, seed }, policy, ({ subject }) => known.get(subject) ?? nobody);
  return candidates.filter(({ facts, assessment }) => (facts.owner ?? rep) === rep && known.get(assessment.subject)?.assessment === assessment);
}

function repOf({ state }: Stage, rep: SubjectId): RepFacts {
  const { timeZone: zone = null, team = null, awayUntil = null } = state.user(rep) ?? {};
  return { zone, team, awayUntil };
}
