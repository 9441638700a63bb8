import { DAY, HOUR, type Random } from '../../src/base/index.ts';
import { DEFAULT_POLICY, engine, type Candidate, type ListContext, type Policy } from '../../src/rank/index.ts';

/** Monday, 9 in London. */
const NOW = Date.UTC(2026, 2, 2, 9);
const ZONES = [null, 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo'];
const COUNTRIES = ['DE', 'FR', 'US', null];
const STATUSES = ['open', 'open', 'open', 'open', 'open', 'converted', 'closed', 'deleted'] as const;

/** A candidate as they come: new or old, touched or not, of an account or of none, with or without a value. */
export function candidateOf(draw: Random, subject: string, now: number): Candidate {
  const maybe = <T>(chance: number, value: () => T): T | null => (draw.uniform() < chance ? value() : null);
  const created = now - draw.below(40 * DAY);
  const lastTouch = maybe(0.6, () => now - draw.below(9 * DAY));
  const raw = -3 + 1.5 * draw.normal();
  const chance = Math.round(1000 / (1 + 2 ** -raw)) / 1000; // in steps, as calibration gives them
  return {
    assessment: {
      subject,
      level: 'L0',
      levelReason: null,
      raw,
      probability: chance,
      value: maybe(0.7, () => ({ amount: 1_000 * (1 + draw.below(50)), currency: 'EUR', from: 'model' as const })),
      expectedValue: null,
      score: Math.round(100 * chance),
      grade: 'B',
    },
    facts: {
      created,
      lastTouch,
      lastEvent: Math.max(created, now - draw.below(9 * DAY), lastTouch ?? 0),
      status: draw.pick(STATUSES),
      snoozedUntil: maybe(0.1, () => now + (draw.below(4) - 2) * HOUR),
      dismissed: draw.uniform() < 0.05,
      account: maybe(0.8, () => `ac_${draw.below(8)}`),
    },
    fields: { touches_14d: draw.below(11), country: draw.pick(COUNTRIES), segment: draw.below(5) },
  };
}

/** Candidates as they come, and what their list is arranged with. */
export interface Worklist {
  readonly candidates: readonly Candidate[];
  readonly context: ListContext;
  readonly policy: Policy;
  readonly seed: number;
}

export function worklistOf(draw: Random, policies: readonly Policy[], size: number): Worklist {
  const now = NOW + draw.below(365 * DAY);
  const candidates = Array.from({ length: size }, (_, n) => candidateOf(draw, `ld_${n}`, now));
  const rep = { zone: draw.pick(ZONES), team: null, awayUntil: draw.uniform() < 0.1 ? now + DAY : null };
  return { candidates, context: { now, user: 'us_a', limit: draw.below(60), rep, last: null }, policy: draw.pick(policies), seed: draw.below(2 ** 31) };
}

/** Policies with other numbers of an account, other pins, other exploration. */
export function policiesOf(draw: Random, count: number): Policy[] {
  const when = (feature: string, value: string | number): object[] => [{ feature, is: '=', value }];
  return Array.from({ length: count }, () => {
    const pins = Array.from({ length: draw.below(4) }, (_, n) => ({
      id: `pin ${n}`,
      when: draw.uniform() < 0.5 ? when('country', draw.pick(['DE', 'FR', 'US'])) : when('segment', draw.below(5)),
      place: 1 + draw.below(8),
      most: 1 + draw.below(4),
    }));
    const adjustments = DEFAULT_POLICY.adjustments.map((spec) => {
      if (spec.name === 'diversity') return { name: 'diversity', most: 1 + draw.below(4) };
      if (spec.name === 'exploration') return { name: 'exploration', every: 2 + draw.below(20) };
      if (spec.name === 'fatigue') return { name: 'fatigue', feature: 'touches_14d', most: 3 + draw.below(8) };
      if (spec.name === 'weights') return { name: 'weights', rules: [{ id: 'home', when: when('country', 'DE'), factor: 0.5 + draw.uniform() }] };
      return spec.name === 'pins' ? { name: 'pins', rules: pins } : spec;
    });
    return engine.parsePolicy({ ...DEFAULT_POLICY, adjustments });
  });
}
