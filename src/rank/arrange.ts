import { canonicalJson, sha256Hex } from '../base/index.ts';
import type { Candidate, LastList, ListContext } from './arrange/candidate.ts';
import { compareIds, type Priority } from './arrange/entry.ts';
import { withheld, type Withheld } from './arrange/filters.ts';
import { rank, type Ranking } from './arrange/ranking.ts';
import { calendarOf, NOBODY } from './calendar/calendar.ts';
import { workingTime, type WorkingTime } from './calendar/working-time.ts';
import type { TellingTime } from './days.ts';
import type { Reason } from './assessment.ts';
import { ineligible, type Ineligible } from './eligible.ts';
import type { AdjustmentName } from './policy/adjustments.ts';
import { givenPlaceReasons } from './given-place.ts';
import { placeReasons } from './place-reasons.ts';
import type { Policy } from './policy.ts';

export type { Candidate, LastList, ListContext } from './arrange/candidate.ts';
export type { Priority } from './arrange/entry.ts';

/** One named change of order and what it did to a record's place; places count from 1. */
export interface Adjustment {
  readonly name: AdjustmentName;
  /** The id of the policy's rule, for `weights` and `pins`; null where several weigh. */
  readonly rule: string | null;
  readonly before: number;
  readonly after: number;
  /** What it multiplied the priority by; 1 for one that gave a place. */
  readonly factor: number;
}

export interface ListItem {
  readonly subject: string;
  /** From 1. */
  readonly position: number;
  /** What the order goes by: chance × value × factors. */
  readonly priority: Priority;
  /** Why it stands elsewhere than its chance alone would have it. */
  readonly reasons: readonly Reason[];
  /** The adjustments that acted on it, in their order. */
  readonly adjustments: readonly Adjustment[];
  /** The probability of the draws that gave this place, by turns and by exploration; 1 where no chance was involved. */
  readonly propensity: number;
  /** Whether there is time for it today. */
  readonly today: boolean;
}

/** What the rep has time for. */
export interface Today {
  /** Working time that is left today, ms. */
  readonly left: number;
  /** When the rep works next, ms; now where it is working time, null where that is not within a year. */
  readonly opens: number | null;
  /** How many records there is time for; null where the policy does not say how long one takes. */
  readonly places: number | null;
}

export interface Arrangement {
  /** `l_` and the first 16 digits of the digest. */
  readonly list: string;
  /** SHA-256 in hex over everything that the order came from: equal digests, equal lists. */
  readonly digest: string;
  readonly items: readonly ListItem[];
  readonly leftOut: readonly { subject: string; reason: Ineligible | Withheld }[];
  /** How many records could be listed, those beyond the limit included. */
  readonly eligible: number;
  readonly today: Today;
  /** What the next list of the same user is to be told. */
  readonly memory: LastList;
}

/**
 * A rep's list: the eligible records by priority = chance × value × urgency, then by `raw`, then by id, changed by the policy's
 * adjustments one after another. Pure; the order of `candidates` does not matter. `seed` draws turns and explorations: the same
 * for a user's day.
 */
export function arrange(candidates: readonly Candidate[], context: ListContext, policy: Policy, seed: number): Arrangement {
  const { leftOut, ranking, work } = sortOut(candidates, context, policy, seed);
  const today = todayOf(policy, work);
  const { zone } = calendarOf(policy.calendars, context.rep ?? NOBODY);
  const telling = { now: context.now, zone };
  const items = itemsOf(ranking, { limit: context.limit, places: today.places ?? Infinity, policy, telling });
  const gone = [...leftOut, ...ranking.beyond.map(({ subject }) => ({ subject, reason: 'account' as const }))].toSorted((a, b) => compareIds(a.subject, b.subject));
  const memory = { seed, ranked: ranking.ranked.map(({ subject, propensity }) => [subject, propensity] as const) };
  const digest = digestOf({ context, policy, seed, ranking, gone });
  return { list: `l_${digest.slice(0, 16)}`, digest, items, leftOut: gone, eligible: ranking.order.length, today, memory };
}

/** Day of the user's calendar (days since 1970), by which turns and explorations are drawn. */
export function dayOf({ calendars }: Policy, { rep = NOBODY, now }: Pick<ListContext, 'rep' | 'now'>): number {
  return workingTime(calendarOf(calendars, rep), now, { most: 0, awayUntil: null }).day;
}

interface SortedOut {
  readonly leftOut: readonly { subject: string; reason: Ineligible | Withheld }[];
  readonly ranking: Ranking;
  readonly work: WorkingTime;
}

/** Who may be listed, and in which order. */
export function sortOut(candidates: readonly Candidate[], context: ListContext, policy: Policy, seed: number): SortedOut {
  const { now, rep = NOBODY } = context;
  const most = policy.adjustments.find((spec) => spec.name === 'deadline')?.lost ?? 0;
  const work = workingTime(calendarOf(policy.calendars, rep), now, { most, awayUntil: rep.awayUntil });
  const judged = candidates.map((candidate) => ({
    candidate,
    reason: ineligible(candidate.facts, now, policy) ?? withheld(policy.adjustments, candidate, context, { now, work }),
  }));
  const listed = judged.filter(({ reason }) => reason === null).map(({ candidate }) => candidate);
  const leftOut = judged.flatMap(({ candidate, reason }) => (reason === null ? [] : [{ subject: candidate.assessment.subject, reason }]));
  return { leftOut, ranking: rank(listed, { context, policy, seed, work }), work };
}

function todayOf({ adjustments }: Policy, { leftToday: left, opens }: WorkingTime): Today {
  const each = adjustments.find((spec) => spec.name === 'capacity')?.each;
  return { left, opens, places: each === undefined ? null : Math.floor(left / each) };
}

interface Itemising {
  readonly limit: number;
  /** How many there is time for today. */
  readonly places: number;
  readonly policy: Policy;
  readonly telling: TellingTime;
}

function itemsOf({ order, start, steps }: Ranking, { limit, places, policy, telling }: Itemising): ListItem[] {
  const placesAfter = [start, ...steps.map((step) => step.order)].map((entries) => new Map(entries.map(({ subject }, at) => [subject, at + 1])));
  return order.slice(0, limit).map(({ subject, candidate, chance, value, usual, factors, priority: total, propensity }, at) => {
    const priority: Priority = { total, chance, value, usual, factors };
    const adjustments = steps.flatMap(({ name, acted }, step): Adjustment[] => {
      if (!acted.has(subject)) return [];
      const factor = factors.filter((one) => one.name === name).reduce((product, one) => product * one.factor, 1);
      return [{ name, rule: acted.get(subject)!, before: placesAfter[step]!.get(subject)!, after: placesAfter[step + 1]!.get(subject)!, factor }];
    });
    const given = givenPlaceReasons({ adjustments, drawn: candidate.drawn ?? 1 }, policy, telling);
    return {
      subject,
      position: at + 1,
      priority,
      reasons: [...given, ...placeReasons(priority, candidate.assessment.value)],
      adjustments,
      propensity,
      today: at < places,
    };
  });
}

interface Digested {
  context: ListContext;
  policy: Policy;
  seed: number;
  ranking: Ranking;
  gone: Arrangement['leftOut'];
}

/** Lists of plain values, so that JSON writes them in one way only; the context's few records are brought into order. */
function digestOf({ context, policy, seed, ranking, gone }: Digested): string {
  const { now, user, limit, rep = NOBODY, away = {}, last = null } = context;
  const order = ranking.order.map(({ subject, candidate, chance, value, usual, factors, priority, propensity }) => {
    const { level, raw, score } = candidate.assessment;
    return [subject, level, raw, score, chance, value, usual, factors.map(({ name, rule, factor }) => [name, rule, factor]), priority, propensity];
  });
  const left = gone.map(({ subject, reason }) => [subject, reason]);
  const memory = last === null ? null : [last.seed, last.ranked];
  return sha256Hex(JSON.stringify([now, user, limit, canonicalJson([rep, away]), memory, policy.hash, seed, order, left]));
}
