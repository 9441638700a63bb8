/** The market that the sandbox sells into: each choice with its weight and what it adds to a lead's quality, in log-odds. */
export type Choice = readonly [name: string | null, weight: number, effect: number];

export const SOURCES: readonly Choice[] = [
  ['Web', 30, 0.15], ['Referral', 9, 1], ['Webinar', 14, 0.3], ['Partner', 8, 0.6], ['Trade Show', 12, -0.1],
  ['Purchased List', 15, -1.1], ['Cold Outreach', 12, -0.5],
];

export const INDUSTRIES: readonly Choice[] = [
  ['Software', 16, 0.5], ['Manufacturing', 17, 0.25], ['Healthcare', 12, 0.3], ['Finance', 11, 0.3], ['Retail', 12, -0.2],
  ['Logistics', 9, 0.1], ['Energy', 5, 0.1], ['Hospitality', 6, -0.5], ['Education', 6, -0.6], [null, 6, -0.2],
];

export const COUNTRIES: Readonly<Record<'us' | 'eu', readonly Choice[]>> = {
  us: [['US', 78, 0.05], ['CA', 14, 0], ['MX', 8, -0.2]],
  eu: [['DE', 30, 0.1], ['FR', 22, 0], ['NL', 12, 0.1], ['ES', 14, -0.1], ['IT', 12, -0.1], ['AT', 10, 0.05]],
};

export const SENIORITIES: readonly Choice[] = [
  ['c_level', 10, 0.5], ['vp', 10, 0.5], ['director', 18, 0.4], ['manager', 26, 0.1], ['staff', 22, -0.3], ['other', 6, -0.8],
  [null, 8, -0.3],
];

export const TITLES: Readonly<Record<string, readonly string[]>> = {
  c_level: ['Chief Executive Officer', 'CFO', 'Founder', 'Managing Director', 'Chief Operating Officer'],
  vp: ['VP Operations', 'VP Sales', 'Vice President, Supply Chain'],
  director: ['Director of IT', 'Head of Purchasing', 'Director, Customer Success'],
  manager: ['Operations Manager', 'Purchasing Manager', 'Marketing Manager', 'Office Manager'],
  staff: ['Buyer', 'Analyst', 'Software Engineer', 'Sales Representative', 'Project Coordinator'],
  other: ['Student', 'Retired', 'Volunteer'],
};

/** The domains end where nobody can own one, save the free mailer that the gate has to recognise. */
export const MAIL: readonly Choice[] = [
  ['corporate', 72, 0.2], ['freemail', 18, -0.7], ['education', 6, -0.7], ['government', 4, -0.1],
];

export const CAMPAIGNS: readonly Choice[] = [
  ['Spring launch', 14, 0.1], ['Benchmark report', 12, 0.2], ['Product tour', 14, 0.3], ['Giveaway', 10, -0.5], [null, 50, 0],
];
