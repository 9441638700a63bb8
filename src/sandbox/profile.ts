import type { Random } from '../base/index.ts';
import { TITLES } from './market.ts';
import { firstName, lastName, phone, street } from './words.ts';
import { choose, type Chosen } from './world/choose.ts';
import type { Companies, Company } from './world/company.ts';
import { FOR, keyed } from './world/keyed.ts';
import type { Buyer, WorldParams } from './world/params.ts';

/** Who a lead is: the person and its company. `quality` is hidden, in log-odds around 0; the rest is what the CRM shows. */
export interface Profile {
  quality: number;
  buyer: Buyer;
  at: Company;
  first: string;
  last: string;
  company: string;
  title: string | null;
  seniority: string | null;
  email: string;
  phone: string;
  street: string;
  source: string;
  industry: string | null;
  country: string;
  campaign: string | null;
  employees: number | null;
  revenue: number | null;
}

export interface People {
  readonly seed: number;
  readonly params: WorldParams;
  readonly companies: Companies;
}

/** The lead that came in on a day under a number. Its quality follows from what is seen, and in part from what is not. */
export function profileOf({ seed, params, companies }: People, day: number, index: number): Profile {
  const { market, lead } = params;
  const random = keyed(seed, FOR.person, day, index);
  const at = companies.at(companies.draw(random, day));
  const source = choose(random, market.sources);
  const seniority = choose(random, market.seniorities);
  const mail = choose(random, market.mail);
  const campaign = choose(random, market.campaigns);
  const seen = [source, seniority, mail, campaign].reduce((sum, { effect }) => sum + effect, at.fit);
  const first = firstName(random);
  const last = lastName(random);
  return {
    quality: 0.7 * seen + lead.noise * random.normal(),
    buyer: buyerOf(random, at, seniority, mail),
    at,
    first,
    last,
    company: at.name,
    title: seniority.name === null ? null : random.pick(TITLES[seniority.name] ?? [seniority.name]),
    seniority: seniority.name,
    email: address(random, mail.name ?? '', first, last, at.name),
    phone: phone(random),
    street: street(random),
    source: source.name ?? 'Other',
    industry: at.industry,
    country: at.country,
    campaign: campaign.name,
    employees: random.uniform() < 0.15 ? null : at.employees,
    revenue: random.uniform() < 0.3 ? null : at.revenue,
  };
}

/** How somebody likes to buy: one can guess it from what is seen, two times in three. */
function buyerOf(random: Random, { industry, employees }: Company, { name: seniority }: Chosen, mail: Chosen): Buyer {
  const share = random.uniform();
  const guess: Buyer =
    mail.name === 'freemail' || (industry === 'Software' && employees < 200) ? 'self_serve'
    : seniority === 'c_level' || seniority === 'vp' || employees > 800 ? 'relationship'
    : industry === 'Retail' || industry === 'Hospitality' || industry === 'Education' ? 'price'
    : 'steady';
  if (share < 0.65) return guess;
  return random.pick(['self_serve', 'relationship', 'price', 'steady']);
}

function address(random: Random, kind: string, first: string, last: string, company: string): string {
  const person = `${first}.${last}`.toLowerCase();
  const place = company.toLowerCase();
  if (kind === 'freemail') return `${person}.${random.below(10_000)}.sim@mail.com`;
  if (kind === 'education') return `${person}@${place}.ac.zz`;
  if (kind === 'government') return `${person}@${place}.gov.zz`;
  return `${person}@${place}.example`;
}
