import { log } from '../base/index.ts';
import type { AdjustmentName, Policy } from '../rank/index.ts';
import type { Value } from '../trees/index.ts';
import type { Decision } from './decision.ts';

/** What the urgency of a record rested on: a fact of it, or a feature that a weight of the policy asks for. */
export interface Ground {
  readonly feature: string;
  /** Of a moment ISO 8601; null where the decision does not hold it. */
  readonly value: Value;
  /** The natural logarithm of the factor. */
  readonly effect: number;
  /** The feeds that tell the fact; left out of a feature, whose declaration names its own, and of what users say here. */
  readonly feeds?: readonly string[];
}

type Fact = 'created' | 'last_touch' | 'last_event' | 'due' | 'feedback';

const FACTS: Readonly<Partial<Record<AdjustmentName, readonly Fact[]>>> = {
  deadline: ['created', 'last_touch'],
  freshness: ['last_event', 'last_touch'],
  rest: ['last_touch', 'last_event'],
  promise: ['due', 'last_touch'],
  feedback: ['feedback'],
};

/** The feeds of what a rep does: calls, e-mails, meetings. */
const TOUCHED_BY = ['telephony', 'email', 'salesforce'];

/** What made a record wanted sooner or later than its chance and value alone, in the order of the policy. */
export function urgencyGrounds({ facts, placement, sources, vector }: Decision, policy: Policy | null, columns: readonly string[]): Ground[] {
  const told: Readonly<Record<Fact, Pick<Ground, 'value' | 'feeds'>>> = {
    created: { value: iso(facts.created), feeds: ['salesforce'] },
    last_touch: { value: iso(facts.lastTouch), feeds: TOUCHED_BY },
    last_event: { value: iso(facts.lastEvent), feeds: sources.map(({ source }) => source) },
    due: { value: null, feeds: ['salesforce'] },
    feedback: { value: null },
  };
  return (placement?.priority?.factors ?? []).filter(({ factor }) => factor > 0 && factor !== 1).flatMap(({ name, rule, factor }) => {
    const effect = log(factor);
    if (name !== 'weights') return (FACTS[name] ?? []).map((feature) => Object.assign({ feature, effect }, told[feature]));
    return askedBy(policy, rule).map((feature) => ({ feature, effect, value: vector[columns.indexOf(feature)] ?? null }));
  });
}

/** The features that a weight of a policy asks for. */
function askedBy(policy: Policy | null, rule: string | null): string[] {
  const rules = (policy?.adjustments ?? []).flatMap((adjustment) => (adjustment.name === 'weights' ? adjustment.rules : []));
  return [...new Set(rules.filter(({ id }) => id === rule).flatMap(({ when }) => when.map(({ feature }) => feature)))];
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
