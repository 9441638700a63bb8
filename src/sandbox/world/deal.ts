import { DAY, exp, type Random } from '../../base/index.ts';
import { atWork } from '../hours.ts';
import { contactId, customerContactId, expansionId, leadId, opportunityId } from '../ids.ts';
import { CURRENCIES } from '../market.ts';
import type { Company } from './company.ts';
import { FOR, keyed } from './keyed.ts';
import type { Lead } from './lead.ts';
import type { Buyer } from './params.ts';
import { repOf } from './rep.ts';
import type { Data, Scene } from './scene.ts';
import { workerOf } from './staff.ts';
import { stemOf } from './told.ts';

/** The way of an opportunity, and the chance that the CRM shows at each stage, per cent. */
export const STAGES = [['Qualification', 10], ['Discovery', 25], ['Proposal', 50], ['Negotiation', 75]] as const;
/** After so many days nobody works on it any more. */
export const DEAL_DAYS = 150;

/** An opportunity's life as it stands. Times in ms, days since 1970. */
export interface Deal {
  readonly id: string;
  readonly day: number;
  readonly index: number;
  readonly lead: string | null;
  contact: string;
  readonly company: number;
  readonly buyer: Buyer;
  readonly quality: number;
  readonly skill: number;
  readonly currency: string;
  readonly opened: number;
  owner: number;
  phase: 'open' | 'won' | 'lost';
  intent: number;
  pushed: number;
  stage: number;
  stageSince: number;
  amount: number;
  /** A day since 1970. */
  closes: number;
  held: number;
  nextMeeting: number;
  endedAt: number;
  readonly stem: string;
  told: number;
}

/** What a converted lead opens. */
export function dealOfLead(lead: Lead, scene: Scene): Deal {
  const id = opportunityId(lead.day, lead.index);
  const random = keyed(scene.seed, FOR.deal, lead.day, lead.index);
  const company = scene.companies.at(lead.company);
  return {
    ...fresh(random, company, scene, lead.endedAt, lead.owner),
    id,
    stem: stemOf(id, scene.seed),
    day: lead.day,
    index: lead.index,
    lead: leadId(lead.day, lead.index),
    contact: contactId(lead.day, lead.index),
    buyer: lead.buyer,
    quality: lead.quality,
    intent: lead.intent + 0.4,
  };
}

/** An opportunity with a customer. Undefined where there is no customer. */
export function expansion(scene: Scene, day: number, index: number): Deal | undefined {
  const random = keyed(scene.seed, FOR.expansion, day, index);
  const customers = scene.companies.customers();
  if (customers.length === 0) return undefined;
  const company = scene.companies.at(customers[random.below(customers.length)]!);
  const id = expansionId(day, index);
  const opened = day * DAY + Math.floor((9 + 7 * random.uniform()) * 3_600_000);
  return {
    ...fresh(random, company, scene, opened, random.below(scene.reps)),
    id,
    stem: stemOf(id, scene.seed),
    day,
    index: -1 - index,
    lead: null,
    contact: customerContactId(company.number, random.below(2)),
    buyer: random.pick(['relationship', 'steady', 'price']),
    quality: 0.4 + 0.5 * random.normal(),
    intent: 0.5 * random.normal(),
  };
}

type Fresh = Omit<Deal, 'id' | 'stem' | 'day' | 'index' | 'lead' | 'contact' | 'buyer' | 'quality' | 'intent'>;

function fresh(random: Random, company: Company, scene: Scene, opened: number, owner: number): Fresh {
  const { amount, spread } = scene.params.deal;
  const size = exp(spread * random.normal()) * Math.sqrt(Math.min(company.employees, 20_000) / 100);
  return {
    company: company.number,
    currency: CURRENCIES[company.country] ?? 'EUR',
    skill: repOf(scene, owner).skill,
    opened,
    owner: workerOf(scene, owner, opened),
    phase: 'open',
    pushed: 0,
    stage: 0,
    stageSince: opened,
    amount: Math.max(500, Math.round((amount * size) / 500) * 500),
    closes: Math.floor(opened / DAY) + 30 + random.below(45),
    held: 0,
    nextMeeting: atWork(random, opened + (3 + random.exponential(4)) * DAY),
    endedAt: Infinity,
    told: 0,
  };
}

/** What a unit of a currency is worth in the home currency; the client keeps no rate for the others. */
const RATES: Readonly<Record<string, Readonly<Record<string, number>>>> = { us: { USD: 1, CAD: 0.72 }, eu: { EUR: 1 } };

/** The amount as the CRM has it, and converted. */
export function amountOf({ amount, currency }: Deal, region: string): Data {
  const rate = RATES[region]?.[currency];
  if (rate === undefined) return { amount, currency, conversion: 'missing' };
  return { amount, currency, amount_home: Math.round(amount * rate), conversion: rate === 1 ? 'home' : 'converted' };
}
