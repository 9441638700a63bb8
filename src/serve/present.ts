import type { Decision } from '../audit/index.ts';
import { targetOf } from '../features/index.ts';
import { againstLastWeek, leftOutSentence, type Change, type TrendPoint, type WhatIf, type Why } from '../rank/index.ts';
import { toldReasons } from './reasons.ts';
import type { Insight, WhyAnswer, Worklist } from './schema.ts';

type Item = Worklist['items'][number];
type Data = Worklist['data'];

const iso = (ms: number): string => new Date(ms).toISOString();

/** Where the state stands: the offset folded, when its newest event came in, and how long ago. */
export function presentData(offset: number, asOf: number | null, now: number): Data {
  const ageSeconds = asOf === null ? null : Math.max(0, Math.round((now - asOf) / 1000));
  return { offset, asOf: asOf === null ? null : iso(asOf), ageSeconds };
}

export function presentModel(bundle: string | null, trainedAt: number): Worklist['model'] {
  return bundle === null ? null : { id: bundle, trainedAt: iso(trainedAt) };
}

const OBJECTS = { lead: 'Lead', opportunity: 'Opportunity' } as const;

/** The parts of a decision that a list shows. `record` is the outside id, `trend` what is known of the record's scores. */
export function presentItem(decision: Decision, record: string, trend: readonly TrendPoint[]): Omit<Item, 'position' | 'flags'> {
  const { id, subject, score, grade, probability, value = null, expectedValue = null, level, action, standing } = decision;
  const kind = targetOf(subject) ?? 'lead';
  return {
    decision: id,
    record,
    object: OBJECTS[kind],
    kind,
    score,
    grade,
    ...(standing && { standing }),
    probability,
    value,
    expectedValue,
    level,
    ...armOf(decision),
    scoredAt: iso(scoredAt(decision)),
    week: weekOf(decision, trend),
    dataAgeSeconds: secondsSinceNews(decision),
    reasons: toldReasons(decision),
    action: { kind: action.kind, sentence: action.sentence },
  };
}

/** What of a model's scores so far is told beside a decision: nothing where rules made it, for points are on another scale. */
const toldBeside = ({ level }: Decision, trend: readonly TrendPoint[]): readonly TrendPoint[] => (level === 'L3' ? [] : trend);

/** The trend of an insight. */
export const presentTrend = (decision: Decision, trend: readonly TrendPoint[]): Insight['trend'] => toldBeside(decision, trend).map(({ time, score }) => ({ time: iso(time), score }));

/** The trend against last week. */
function weekOf(decision: Decision, trend: readonly TrendPoint[]): Item['week'] {
  const found = againstLastWeek(toldBeside(decision, trend));
  return found && { points: found.points, since: iso(found.since) };
}

/** The recommendation, with what was ruled out before it. */
export function presentAction({ action: { kind, sentence, leftOut = [] } }: Decision): Insight['action'] {
  return { kind, sentence, leftOut: leftOut.map(({ actions, because }) => ({ actions: [...actions], sentence: leftOutSentence({ actions, because }) })) };
}

export function presentSources(decision: Decision): Insight['sources'] {
  return decision.sources.map(({ source, ageMs, stale }) => ({ source, ageSeconds: Math.round(ageMs / 1000), stale }));
}

/** A what-if as its body; null where the model could not be asked. */
export function presentWhatIf(found: WhatIf | null): NonNullable<Insight['whatIf']> | null {
  return found && { ...found, changes: [...found.changes] };
}

/** Seconds from the newest thing that happened to the record until the decision. */
function secondsSinceNews({ time, facts }: Decision): number {
  return Math.max(0, Math.round((time - facts.lastEvent) / 1000));
}

/** When a decision's score was made, ms: the last score's time where that answered for the model. */
function scoredAt({ level, last, time }: Decision): number {
  return level === 'L2' && last !== null ? last.time : time;
}

/**
 * A whole list is as good as its worst answer and as old as its oldest. What an experiment has the rules answer, or where they do by
 * design, is not bad: it tells of the list where all of it is so. `now` stands in where the list is empty.
 */
export function presentLevel(decisions: readonly Decision[], now: number): Pick<Worklist, 'level' | 'levelReason' | 'arm' | 'design' | 'scoredAt'> {
  const sound = decisions.filter((decision) => !isControl(decision) && !isDesigned(decision));
  const judged = sound.length > 0 ? sound : decisions;
  const worst = judged.toSorted((a, b) => (a.level < b.level ? 1 : a.level > b.level ? -1 : scoredAt(a) - scoredAt(b)))[0];
  const scored = iso(Math.min(now, ...decisions.map(scoredAt)));
  if (worst === undefined) return { level: 'L0', levelReason: null, scoredAt: scored };
  return { level: worst.level, levelReason: reasonOf(worst, judged), ...armOf(worst), scoredAt: scored };
}

/** The worst answer among those of each kind of record. */
export function presentLevels(decisions: readonly Decision[]): Worklist['levels'] {
  const byKind = Map.groupBy(decisions, ({ subject }) => targetOf(subject) ?? 'lead');
  return [...byKind].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([kind, of]) => {
    const { level, levelReason, arm, design } = presentLevel(of, 0);
    return Object.assign({ kind, level, levelReason, records: of.length }, arm && { arm }, design && { design });
  });
}

/** In the control arm, and answered for as that has it. */
const isControl = ({ arm, level, lacks }: Decision): boolean => arm === 'control' && level === 'L3' && lacks?.features === undefined;

/** By rules because no model was promoted for its kind: none is missing. */
const isDesigned = ({ level, bundle, fault, lacks }: Decision): boolean => level === 'L3' && bundle === null && fault === null && lacks?.features === undefined && lacks?.last === undefined;

/** Why rules answer although nothing is wrong. */
function armOf(decision: Decision): { arm?: 'control'; design?: 'rules' } {
  if (isControl(decision)) return { arm: 'control' };
  return isDesigned(decision) ? { design: 'rules' } : {};
}

/** Why a list is no better than its worst answer; where all records of the other kind are better, of which kind that is said. */
function reasonOf({ level, levelReason, subject }: Decision, decisions: readonly Decision[]): string | null {
  const kind = targetOf(subject);
  const others = decisions.filter((other) => targetOf(other.subject) !== kind);
  const isOfKind = others.length > 0 && others.every((other) => other.level < level);
  return levelReason !== null && isOfKind ? `${KINDS[kind ?? 'lead']}: ${levelReason}` : levelReason;
}

const KINDS = { lead: 'Leads', opportunity: 'Opportunities' } as const;

/** Why one record stands above another; `name` gives outside ids. */
export function presentWhy({ upper, lower, places, by, parts, sentence }: Why, name: (subject: string) => string, generatedAt: string): WhyAnswer {
  return { generatedAt, above: name(upper), below: name(lower), positions: [...places], by, parts: parts.map((part) => ({ ...part, size: bounded(part.size) })), sentence };
}

/** A size as JSON can carry it: of a chance of nothing, the logarithm is without bounds. */
const bounded = (size: number): number => Math.max(-1e6, Math.min(1e6, size));

/** What changed a record's place, for an item of a list. */
export function presentChange(change: Change | undefined): Pick<Item, 'change'> {
  return change === undefined ? {} : { change: { from: change.from, sentence: change.sentence } };
}
