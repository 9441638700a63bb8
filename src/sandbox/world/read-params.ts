import { between, Fault, named, pair, shape, text, type Form } from '../../base/index.ts';
import { ACTIONS, BUYERS, type Action, type Buyer, type Choices, type DailyFeed, type WorldParams } from './params.ts';

const effect = between(-15, 15);
const share = between(0, 1);
const deviation = between(0, 5);

const choices: Form<Choices> = (value, path, before) => {
  const read = named(pair(between(0, 1e6), effect))(value, path, before);
  if (Object.values(read).some(([weight]) => weight > 0)) return read;
  throw new Fault({ kind: 'input', value: path, rule: 'has no choice with a weight above 0', remedy: 'give one' });
};
const feed: Form<DailyFeed> = shape({ hour: between(0, 23), late: share, missing: share, restated: share });
const byBuyer = shape(Object.fromEntries(BUYERS.map((buyer) => [buyer, effect])) as Record<Buyer, Form<number>>);

const world: Form<WorldParams> = shape<WorldParams>({
  name: text,
  volume: shape({ companies_a_lead: between(0.01, 1), customers: share, expansions: share }),
  lead: shape({
    base: effect,
    fit: effect,
    intent: effect,
    noise: deviation,
    speed: effect,
    skill: deviation,
    close: effect,
    reopened: share,
    trial: share,
  }),
  actions: shape(Object.fromEntries(ACTIONS.map((action) => [action, byBuyer])) as Record<Action, typeof byBuyer>),
  season: shape({ year: effect, quarter_end: effect }),
  drift: shape({ after_days: between(-1, 36_500), base: effect, fit: effect, intent: effect, sources: named(effect) }),
  deal: shape({
    advance: effect,
    lose: effect,
    back: effect,
    slip: share,
    amount: between(1, 1e9),
    spread: deviation,
  }),
  feeds: shape({ erp: feed, marketing: feed }),
  mess: shape({
    duplicates: share,
    late: share,
    late_hours: between(0, 24),
    malformed: share,
    duplicate_leads: share,
    merged_accounts: share,
    reassigned: share,
    queued: share,
    unowned: share,
    two_territories: share,
    left: share,
    erased: share,
    no_calls: share,
    no_mails: share,
  }),
  market: shape({ sources: choices, industries: choices, seniorities: choices, mail: choices, campaigns: choices }),
});

/** The parameters of a world, over those of another. Throws a Fault that names the place, the rule and the remedy. */
export function readParams(value: unknown, over?: WorldParams): WorldParams {
  return world(value, '', over);
}
