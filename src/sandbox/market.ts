import type { Choices } from './world/params.ts';

export type Region = 'us' | 'eu';

/** What the parameters of a world do not say: they come with the region. */
export const COUNTRIES: Readonly<Record<Region, Choices>> = {
  us: { US: [78, 0.05], CA: [14, 0], MX: [8, -0.2] },
  eu: { DE: [30, 0.1], FR: [22, 0], NL: [12, 0.1], ES: [14, -0.1], IT: [12, -0.1], AT: [10, 0.05] },
};

export const ZONES: Readonly<Record<string, string>> = {
  US: 'America/New_York', CA: 'America/Toronto', MX: 'America/Mexico_City', DE: 'Europe/Berlin', FR: 'Europe/Paris',
  NL: 'Europe/Amsterdam', ES: 'Europe/Madrid', IT: 'Europe/Rome', AT: 'Europe/Vienna',
};

export const CURRENCIES: Readonly<Record<string, string>> = { US: 'USD', CA: 'CAD', MX: 'MXN' };

export const TITLES: Readonly<Record<string, readonly string[]>> = {
  c_level: ['Chief Executive Officer', 'CFO', 'Founder', 'Managing Director', 'Chief Operating Officer'],
  vp: ['VP Operations', 'VP Sales', 'Vice President, Supply Chain'],
  director: ['Director of IT', 'Head of Purchasing', 'Director, Customer Success'],
  manager: ['Operations Manager', 'Purchasing Manager', 'Marketing Manager', 'Office Manager'],
  staff: ['Buyer', 'Analyst', 'Software Engineer', 'Sales Representative', 'Project Coordinator'],
  other: ['Student', 'Retired', 'Volunteer'],
};

export const DEPARTMENTS = ['Operations', 'IT', 'Finance', 'Purchasing', 'Sales'] as const;
export const PRODUCTS = ['Planning', 'Analytics', 'Connect'] as const;

/** Where the team sells, by country: what a rep works, and where a lead belongs. */
export const TERRITORIES: Readonly<Record<string, string>> = {
  US: 'United States', CA: 'Canada', MX: 'Mexico', DE: 'Germany', AT: 'Austria', FR: 'France', NL: 'Benelux', ES: 'Iberia', IT: 'Italy',
};

/** The territories of a region, the largest first. */
export const territoriesOf = (region: string): string[] => Object.keys(COUNTRIES[region as Region]).map((country) => TERRITORIES[country]!);
