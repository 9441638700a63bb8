/** The books of all reps at a moment: what the product knows of each open lead, and what only the simulation knows. */
import { DAY, hash32 } from '../../src/base/index.ts';
import type { SubjectId } from '../../src/events/index.ts';
import { LEAD_FEATURES, type LeadRecord } from '../../src/features/index.ts';
import { gather } from '../../src/rank/candidates/gather.ts';
import { DEFAULT_POLICY, engine, fieldsOf, policyFields, readerOf, type Assessment, type Candidate, type LoadedModel, type Policy, type Rating, type RepFacts } from '../../src/rank/index.ts';
import { DEFAULT_RULES, evaluate } from '../../src/rules/index.ts';
import type { Value } from '../../src/trees/index.ts';
import type { Stage } from './stage.ts';

export const HORIZON = 30 * DAY;
export const COLUMNS = LEAD_FEATURES.map(({ name }) => name);
/** What lists are drawn from: the candidates, flags and bars of the policy that comes with leadrank. */
const POLICY = engine.parsePolicy(DEFAULT_POLICY);
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

/** The open leads that one rep may work at a moment, ms: those that are his, and those of nobody or of an absent colleague that his list is drawn from. */
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
  const offered = (rep: SubjectId): SubjectId[] => gather(readerOf(state, () => undefined), { user: rep, now, seed: 0 }, POLICY.candidates).gathered.map(({ subject }) => subject as SubjectId);
  return state.owners().filter((owner) => state.user(owner)?.queue !== true).slice(0, most).map((rep) => ({
    rep,
    now,
    rows: [...new Set([...state.owned(rep), ...offered(rep)])].flatMap((subject) => {
      const record = subject.startsWith('ld_') ? state.record(subject) : undefined;
      const truth = record && truthOf(subject);
      return record && truth ? [{ subject, record, vector: record.vector(now), truth }] : [];
    }),
  }));
}

/** Points of a lead by the rules that come with leadrank. */
export const pointsOf = ({ vector }: Row): number => evaluate(RULES, COLUMNS, vector).points;

/** What the model says of each lead of a book; without one, the rules. */
export function assessed({ rows, now }: Book, model: LoadedModel | null): Assessment[] {
  return rows.map(({ subject, record: { created, lastTouch, lastEvent }, vector }) =>
    engine.assess({ subject, vector, sources: [], last: null, created, lastTouch, lastEvent }, now, { model, rules: RULES, columns: COLUMNS }));
}

/** Lists as a rep sees them: the subjects in order, by what is said of each row of a book. */
export type ListOf = (assessments: readonly Assessment[], policy: Policy, limit: number) => string[];

/** Makes lists of a whole book as the state stands now; candidates come with the flags and bars of the default policy. */
export function listsOf({ state }: Stage, { rep, rows, now }: Book): ListOf {
  const fieldsIn = fieldsOf(policyFields(POLICY));
  const placeOf = new Map(rows.map((row, at) => [row.subject as string, at]));
  const { timeZone: zone = null, team = null, awayUntil = null } = state.user(rep) ?? {};
  const facts: RepFacts = { zone, team, awayUntil };
  const seed = hash32(rep, engine.dayOf(POLICY, { now, rep: facts }));
  const { candidates } = engine.select(readerOf(state, () => undefined), { user: rep, now, seed }, POLICY, ({ subject }) => ({
    assessment: { ...NOTHING, subject },
    fields: placeOf.has(subject) ? fieldsIn(COLUMNS, rows[placeOf.get(subject)!]!.vector) : {},
  }));
  const known = candidates.filter(({ assessment: { subject } }) => placeOf.has(subject));
  return (assessments, by, limit) => {
    const saidOf = (candidate: Candidate): Candidate => ({ ...candidate, assessment: assessments[placeOf.get(candidate.assessment.subject)!]! });
    return engine.arrange(known.map(saidOf), { now, user: rep, limit, rep: facts, last: null }, by, seed).items.map(({ subject }) => subject);
  };
}

const NOTHING: Rating = { subject: '', level: 'L3', levelReason: null, raw: null, probability: null, value: null, expectedValue: null, score: 0, grade: 'D' };
