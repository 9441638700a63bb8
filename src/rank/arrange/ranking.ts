import type { AdjustmentName, AdjustmentSpec, SpecOf } from '../policy/adjustments.ts';
import type { Policy } from '../policy.ts';
import type { WorkingTime } from '../calendar/working-time.ts';
import { seldomLess, withinToday } from './capacity.ts';
import type { Candidate, ListContext } from './candidate.ts';
import { perAccount } from './diversity.ts';
import { compareEntries, type Entry } from './entry.ts';
import { explored } from './exploration.ts';
import { factorsOf, multiplied, type Moment } from './factors.ts';
import { takeTurns } from './fairness.ts';
import { pinnedOf, pinnedOrder } from './pins.ts';
import { entriesOf } from './priority.ts';
import { steadied } from './steady.ts';
import { dueIn } from './urgency.ts';

/** The order of a list and how it came about. */
export interface Ranking {
  /** Who is on the list, in its order. */
  readonly order: readonly Entry[];
  /** The order by chance × value, then the order after each adjustment. */
  readonly start: readonly Entry[];
  readonly steps: readonly Step[];
  /** Those of an account that has enough on the list. */
  readonly beyond: readonly Entry[];
  /** The order before anybody was left out or given a place: what the next list remembers. */
  readonly ranked: readonly Entry[];
}

export interface Step {
  readonly name: AdjustmentName;
  readonly order: readonly Entry[];
  /** Whom it acted on, and the policy's rule that it went by, where it has rules; the others were moved only by that. */
  readonly acted: ReadonlyMap<string, string | null>;
}

interface Parts {
  readonly context: ListContext;
  readonly policy: Policy;
  readonly seed: number;
  readonly work: WorkingTime;
}

/** Ranks candidates that may all be listed, by the policy's adjustments one after another. */
export function rank(candidates: readonly Candidate[], parts: Parts): Ranking {
  const { adjustments, goal } = parts.policy;
  const start = entriesOf(candidates, goal).toSorted(compareEntries);
  const steps: Step[] = [];
  let [order, ranked, beyond]: [readonly Entry[], readonly Entry[] | null, readonly Entry[]] = [start, null, []];
  for (const spec of adjustments) {
    if (spec.name === 'diversity' || spec.name === 'exploration' || spec.name === 'capacity' || spec.name === 'pins') ranked ??= order;
    const stepped = step(spec, order, parts);
    if (stepped === null) continue;
    order = stepped.order;
    beyond = stepped.beyond ?? beyond;
    steps.push({ name: spec.name, order, acted: stepped.acted });
  }
  return { order, start, steps, beyond, ranked: ranked ?? order };
}

interface Stepped extends Omit<Step, 'name'> {
  readonly beyond?: readonly Entry[];
}

/** The order after an adjustment; null where it has no part in this list. */
function step(spec: AdjustmentSpec, order: readonly Entry[], parts: Parts): Stepped | null {
  const { context, seed } = parts;
  switch (spec.name) {
    case 'fatigue':
    case 'absence':
      return null; // they filter
    case 'deadline':
    case 'freshness':
    case 'rest':
    case 'promise':
    case 'feedback':
    case 'weights':
      return weighed(spec, order, { now: context.now, work: parts.work });
    case 'fairness':
      return moved(order, takeTurns(order, spec.tolerance, seed));
    case 'steady':
      return context.last?.seed === seed ? moved(order, steadied(order, spec.margin, context.last)) : null;
    case 'diversity':
      return selected(spec, order, parts);
    case 'exploration': {
      const found = explored(order, spec.every, seed);
      return { order: found.order, acted: byNoRule(found.drawn) };
    }
    case 'capacity':
      return todayFirst(spec, order, parts);
    case 'pins': {
      const pinned = pinnedOf(spec.rules, order, context.now);
      return { order: pinnedOrder(order, pinned), acted: new Map(pinned.map(({ entry, rule }) => [entry.subject, rule.id])) };
    }
  }
}

function weighed(spec: AdjustmentSpec, order: readonly Entry[], moment: Moment): Stepped | null {
  const acted = new Map<string, string | null>();
  const weighted = order.map((entry) => {
    const factors = factorsOf(spec, entry.candidate, moment);
    if (factors.length === 0) return entry;
    acted.set(entry.subject, factors.length === 1 ? factors[0]!.rule : null);
    return multiplied(entry, factors);
  });
  return acted.size === 0 ? null : { order: weighted.toSorted(compareEntries), acted };
}

/** A step that is about all: it acted on those that it moved. */
function moved(before: readonly Entry[], order: readonly Entry[]): Stepped {
  return { order, acted: byNoRule(order.filter((entry, at) => entry.subject !== before[at]!.subject).map(({ subject }) => subject)) };
}

/** Pinned records claim their account's places first, so that a pin holds wherever the account's number allows it. */
function selected({ most }: SpecOf<'diversity'>, order: readonly Entry[], { policy, context }: Parts): Stepped {
  const pins = policy.adjustments.find((spec) => spec.name === 'pins');
  const pinned = pins === undefined ? [] : pinnedOf(pins.rules, order, context.now).map(({ entry }) => entry);
  const first = new Set(pinned);
  const { kept, beyond } = perAccount([...pinned, ...order.filter((entry) => !first.has(entry))], most);
  return { order: order.filter((entry) => kept.has(entry)), acted: NOBODY, beyond };
}

function todayFirst({ each }: SpecOf<'capacity'>, order: readonly Entry[], { policy, work }: Parts): Stepped {
  const deadline = policy.adjustments.find((spec) => spec.name === 'deadline');
  if (deadline === undefined) return { order, acted: NOBODY };
  const isDue = ({ candidate }: Entry): boolean => (dueIn(deadline, candidate.facts, work) ?? Infinity) <= work.leftToday;
  const found = withinToday(order, seldomLess(Math.floor(work.leftToday / each)), isDue);
  return { order: found.order, acted: byNoRule(found.moved) };
}

const NOBODY: ReadonlyMap<string, null> = new Map();
const byNoRule = (subjects: Iterable<string>): ReadonlyMap<string, null> => new Map(Array.from(subjects, (subject) => [subject, null]));
