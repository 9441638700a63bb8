import { firstCategory, from, latestCategory, latestNumber, localTime, of, until } from '../builder.ts';
import type { FeatureSpec } from '../spec.ts';
import { ACCOUNT, LEAD } from './events.ts';

const feature = of('lead');
const fit = { theme: 'fit', source: 'salesforce' };

/** Who the lead is. */
export const LEAD_FIT: readonly FeatureSpec[] = [
  feature('lead_source', firstCategory(LEAD, 'lead_source'), {
    ...fit, sentence: 'came through {n}', sentenceAbsent: 'no lead source recorded',
  }),
  feature('industry', latestCategory(LEAD, 'industry'), {
    ...fit, sentence: 'works in {n}', sentenceAbsent: 'no industry recorded',
  }),
  feature('country', latestCategory(LEAD, 'country'), {
    ...fit, sentence: 'is based in {n}', sentenceAbsent: 'no country recorded',
  }),
  feature('employees', latestNumber(LEAD, 'employees'), {
    ...fit, sentence: 'company of {n person|people}', sentenceAbsent: 'company size not recorded',
  }),
  feature('annual_revenue', latestNumber(LEAD, 'annual_revenue'), {
    ...fit, sentence: 'annual revenue of {n}', sentenceAbsent: 'annual revenue not recorded',
  }),
  feature('seniority', latestCategory(LEAD, 'title'), {
    ...fit, privacy: 'coarsen', sentence: 'job level: {n}', words: { c_level: 'C-level', vp: 'vice president' }, sentenceAbsent: 'no job title recorded',
  }),
  feature('email_domain_class', latestCategory(LEAD, 'email'), {
    ...fit, privacy: 'coarsen', sentence: 'kind of e-mail address: {n}', words: { education: 'school or university' }, sentenceAbsent: 'no e-mail address recorded',
  }),
  feature('campaign', firstCategory(LEAD, 'campaign'), {
    ...fit, sentence: 'answered the campaign {n}', sentenceAbsent: 'belongs to no campaign',
  }),
  feature('product_interest', latestCategory(LEAD, 'product_interest'), {
    ...fit, sentence: 'asked about {n}', sentenceAbsent: 'no product interest recorded',
  }),
  feature('account_type', from('account', latestCategory(ACCOUNT, 'type')), {
    ...fit, sentence: 'type of the account: {n}', sentenceAbsent: 'belongs to no known account',
  }),
  feature('account_tier', from('account', latestCategory(ACCOUNT, 'tier')), {
    ...fit, sentence: 'the account is of tier {n}', sentenceAbsent: 'the account has no tier',
  }),
  feature('account_customer_since', from('account', until(ACCOUNT, 'customer_since')), {
    ...fit, sentence: 'the company became a customer {n}', sentenceAbsent: 'the company is no customer yet',
  }),
  feature('local_time', localTime(LEAD, 'country'), {
    ...fit, theme: 'timing', sentence: 'it is {n} where the lead works', sentenceAbsent: 'the lead’s time of day is not known',
  }),
];
