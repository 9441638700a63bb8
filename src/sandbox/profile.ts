import { exp, type Random } from '../base/index.ts';
import { CAMPAIGNS, COUNTRIES, INDUSTRIES, MAIL, SENIORITIES, SOURCES, TITLES, type Choice } from './market.ts';
import { companyName, firstName, lastName, phone, street } from './words.ts';

export type Region = 'us' | 'eu';

/** Who a lead is. `quality` is the hidden truth, in log-odds around 0; the rest is what the CRM shows. */
export interface Profile {
  quality: number;
  first: string;
  last: string;
  company: string;
  title: string | null;
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

/** Draws a person at a company. How good a lead it is follows from what is seen, and by about a third from what is not. */
export function drawProfile(random: Random, region: Region): Profile {
  const source = draw(random, SOURCES);
  const industry = draw(random, INDUSTRIES);
  const country = draw(random, COUNTRIES[region]);
  const seniority = draw(random, SENIORITIES);
  const mail = draw(random, MAIL);
  const campaign = draw(random, CAMPAIGNS);
  const size = Math.max(0.7, 4.6 + 1.7 * random.normal()); // natural log of the head count
  const employees = Math.round(exp(size));
  const sizeEffect = 0.45 - 0.16 * (size - 5.2) * (size - 5.2);
  const smallSoftware = industry[0] === 'Software' && employees < 20 ? -0.5 : 0;
  const seen = [source, industry, country, seniority, mail, campaign].reduce((sum, choice) => sum + choice[2], 0);
  const first = firstName(random);
  const last = lastName(random);
  const company = companyName(random);
  return {
    quality: 0.7 * (seen + Math.max(-1.2, sizeEffect) + smallSoftware) + 0.55 * random.normal(),
    first,
    last,
    company,
    title: seniority[0] === null ? null : random.pick(TITLES[seniority[0]]!),
    email: address(random, mail[0]!, first, last, company),
    phone: phone(random),
    street: street(random),
    source: source[0]!,
    industry: industry[0],
    country: country[0]!,
    campaign: campaign[0],
    employees: random.uniform() < 0.15 ? null : employees,
    revenue: random.uniform() < 0.3 ? null : Math.round(employees * 150 * exp(0.6 * random.normal())) * 1_000,
  };
}

function address(random: Random, kind: string, first: string, last: string, company: string): string {
  const person = `${first}.${last}`.toLowerCase();
  const place = company.toLowerCase();
  if (kind === 'freemail') return `${person}.${random.below(10_000)}.sim@mail.com`;
  if (kind === 'education') return `${person}@${place}.ac.zz`;
  if (kind === 'government') return `${person}@${place}.gov.zz`;
  return `${person}@${place}.example`;
}

/** One of the choices, by weight. */
function draw(random: Random, choices: readonly Choice[]): Choice {
  let left = random.uniform() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  return choices.find(([, weight]) => (left -= weight) < 0) ?? choices.at(-1)!;
}

