import { exp, type Random } from '../../base/index.ts';
import { accountId, twinAccountId } from '../ids.ts';
import { COUNTRIES, type Region } from '../market.ts';
import { companyName } from '../words.ts';
import { choose } from './choose.ts';
import { FOR, keyed, share } from './keyed.ts';
import type { WorldParams } from './params.ts';

export interface Company {
  readonly number: number;
  readonly name: string;
  readonly industry: string | null;
  readonly country: string;
  readonly employees: number;
  /** A year, in the region's currency. */
  readonly revenue: number;
  /** What is seen of the company, in log-odds. */
  readonly fit: number;
  /** The day since which it is a customer, or null. */
  readonly customerSince: number | null;
  /** The day on which its second account is merged into the first, or null where it has one account. */
  readonly mergedOn: number | null;
}

/** Every company of the market, by number: drawn anew when it is asked for, kept for a while. */
export interface Companies {
  at(number: number): Company;
  /** How many have come into the market by the end of a day. */
  entered(day: number): number;
  /** One of those that are in the market. */
  draw(random: Random, day: number): number;
  /** The day on which a company's two accounts are merged, or null. */
  mergesOn(number: number): number | null;
  /** The account that a record of that day names. */
  accountOf(company: Company, day: number): string;
  /** The numbers of those that were customers before the start. */
  customers(): Int32Array;
  /** How much more a company wants to buy on a day than on others, in log-odds. */
  intent(number: number, day: number): number;
}

export interface CompaniesOptions {
  readonly seed: number;
  readonly params: WorldParams;
  readonly region: Region;
  readonly startDay: number;
  readonly leadsPerDay: number;
}

/** Days of leads for which companies are in the market at the start. */
const STOCK_DAYS = 40;
const CACHED = 20_000;
/** A time of buying lies in about every third block of so many days. */
const WINDOW_DAYS = 120;

export function companiesOf({ seed, params, region, startDay, leadsPerDay }: CompaniesOptions): Companies {
  const stock = Math.ceil(leadsPerDay * STOCK_DAYS);
  const cache = new Map<number, Company>();
  let customers: Int32Array | undefined;

  const isCustomer = (number: number): boolean =>
    number < stock && share(seed, FOR.accounts, number, 1) < params.volume.customers;

  const mergesOn = (number: number): number | null => {
    if (share(seed, FOR.accounts, number, 2) >= params.mess.merged_accounts) return null;
    return enteredOn(number) + 10 + Math.floor(90 * share(seed, FOR.accounts, number, 3));
  };

  const drawn = (number: number): Company => {
    const random = keyed(seed, FOR.company, number);
    const industry = choose(random, params.market.industries);
    const country = choose(random, COUNTRIES[region]);
    const size = Math.max(0.7, 4.6 + 1.7 * random.normal()); // natural logarithm of the head count
    const employees = Math.round(exp(size));
    const sizeEffect = Math.max(-1.2, 0.45 - 0.16 * (size - 5.2) * (size - 5.2));
    const smallSoftware = industry.name === 'Software' && employees < 20 ? -0.5 : 0;
    const since = isCustomer(number) ? startDay - 30 - random.below(1_500) : null;
    return {
      number,
      name: companyName(random),
      industry: industry.name,
      country: country.name!,
      employees,
      revenue: Math.round(employees * 150 * exp(0.6 * random.normal())) * 1_000,
      fit: industry.effect + country.effect + sizeEffect + smallSoftware + (since === null ? 0 : 0.3),
      customerSince: since,
      mergedOn: mergesOn(number),
    };
  };

  const growth = leadsPerDay * params.volume.companies_a_lead;
  const entered = (day: number): number => stock + Math.floor(growth * Math.max(0, day - startDay));
  const enteredOn = (number: number): number =>
    number < stock ? startDay : startDay + Math.ceil((number - stock + 1) / growth);

  const at = (number: number): Company => {
    const known = cache.get(number);
    if (known !== undefined) return known;
    if (cache.size >= CACHED) cache.clear();
    const company = drawn(number);
    cache.set(number, company);
    return company;
  };

  return {
    at,
    entered,
    mergesOn,
    draw: (random, day) => random.below(entered(day)),
    accountOf: ({ number, mergedOn }, day) =>
      mergedOn !== null && day < mergedOn && number % 2 === 1 ? twinAccountId(number) : accountId(number),
    customers: () =>
      (customers ??= Int32Array.from(Array.from({ length: stock }, (_, number) => number).filter(isCustomer))),
    intent(number, day) {
      const block = Math.floor(day / WINDOW_DAYS);
      const random = share(seed, FOR.window, number, block);
      if (random > 0.35) return 0;
      const from = block * WINDOW_DAYS + Math.floor((random / 0.35) * 80);
      return day >= from && day < from + 40 ? 0.8 : 0;
    },
  };
}
