import { DAY, HOUR } from '../../base/index.ts';
import { accountId, customerContactId, twinAccountId } from '../ids.ts';
import { CURRENCIES, DEPARTMENTS, TITLES, ZONES } from '../market.ts';
import { repId } from '../org.ts';
import { firstName, lastName } from '../words.ts';
import type { Company } from './company.ts';
import { FOR, keyed } from './keyed.ts';
import type { Say, Scene } from './scene.ts';

/** The accounts that come into the CRM on a day, those that change, and those that turn out to be one. */
export function tellAccounts(day: number, scene: Scene, say: Say): void {
  const { companies, startDay, seed } = scene;
  const known = day === startDay ? 0 : companies.entered(day - 1);
  for (let number = known; number < companies.entered(day); number++) {
    const company = companies.at(number);
    create(company, accountId(number), day, scene, say);
    if (company.mergedOn !== null) create(company, twinAccountId(number), day, scene, say);
    if (company.customerSince !== null) createContacts(company, day, scene, say);
  }
  for (let number = 0; number < known; number++) {
    if (companies.mergesOn(number) !== day) continue;
    const loser = twinAccountId(number);
    say(day * DAY + 10 * HOUR, 'salesforce', 'record.merged', { subject: accountId(number), kind: 'account' }, { loser });
    say(day * DAY + 10 * HOUR, 'salesforce', 'account.deleted', { subject: loser });
  }
  const random = keyed(seed, FOR.accounts, day);
  for (let changes = Math.floor(known / 150); changes > 0; changes--) {
    const { number, employees } = companies.at(random.below(known));
    const time = day * DAY + Math.floor((8 + 9 * random.uniform()) * HOUR);
    const data = random.uniform() < 0.5 ? { tier: tierOf(employees * 4) } : { employees: Math.round(employees * (0.9 + 0.3 * random.uniform())) };
    say(time, 'salesforce', 'account.changed', { subject: accountId(number) }, data);
  }
}

function create(company: Company, subject: string, day: number, { seed, reps, region }: Scene, say: Say): void {
  const { number, name, industry, country, employees, revenue, customerSince } = company;
  const random = keyed(seed, FOR.accounts, number, 9);
  say(day * DAY, 'salesforce', 'account.created', { subject }, {
    name, industry, country, region, employees, annual_revenue: revenue, owner: repId(random.below(reps)), tier: tierOf(employees),
    type: customerSince === null ? 'Prospect' : 'Customer', time_zone: ZONES[country] ?? 'UTC',
    ...(customerSince !== null && { customer_since: new Date(customerSince * DAY).toISOString().slice(0, 10) }),
  });
}

function createContacts(company: Company, day: number, { seed, region }: Scene, say: Say): void {
  const random = keyed(seed, FOR.accounts, company.number, 8);
  for (const person of [0, 1]) {
    const [first, last] = [firstName(random), lastName(random)];
    say(day * DAY, 'salesforce', 'contact.created', { subject: customerContactId(company.number, person) }, {
      account: accountId(company.number), first_name: first, last_name: last, region, country: company.country,
      title: random.pick(TITLES[person === 0 ? 'director' : 'manager']!), department: random.pick(DEPARTMENTS),
      email: `${first}.${last}@${company.name}.example`.toLowerCase(), phone: '+1 202 555 0100',
    });
  }
}

const tierOf = (employees: number): string => (employees > 2_000 ? 'A' : employees > 150 ? 'B' : 'C');

/** The currency in which a company is billed. */
export const currencyOf = ({ country }: Company): string => CURRENCIES[country] ?? 'EUR';
