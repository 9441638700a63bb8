import { calendar, change, count, fallen, from, latestCategory, latestNumber, of, since, until, when } from '../builder.ts';
import type { FeatureSpec } from '../spec.ts';
import { ACCOUNT, DEAL } from './events.ts';

const feature = of('opportunity');
const fit = { theme: 'fit', source: 'salesforce' };
const deal = { theme: 'deal', source: 'salesforce' };
const history = { theme: 'history', source: 'salesforce' };

/** What the opportunity is about, and with whom. */
export const DEAL_FIT: readonly FeatureSpec[] = [
  feature('deal_type', latestCategory(DEAL, 'type'), { ...fit, sentence: 'is of the type {n}', sentenceAbsent: 'no type recorded' }),
  feature('lead_source', latestCategory(DEAL, 'lead_source'), { ...fit, sentence: 'came through {n}', sentenceAbsent: 'no source recorded' }),
  feature('product', latestCategory(DEAL, 'product'), { ...fit, sentence: 'is about {n}', sentenceAbsent: 'no product recorded' }),
  feature('industry', from('account', latestCategory(ACCOUNT, 'industry')), {
    ...fit, sentence: 'the company works in {n}', sentenceAbsent: 'no industry recorded',
  }),
  feature('country', from('account', latestCategory(ACCOUNT, 'country')), {
    ...fit, sentence: 'the company is based in {n}', sentenceAbsent: 'no country recorded',
  }),
  feature('employees', from('account', latestNumber(ACCOUNT, 'employees')), {
    ...fit, sentence: 'company of {n person|people}', sentenceAbsent: 'company size not recorded',
  }),
  feature('annual_revenue', from('account', latestNumber(ACCOUNT, 'annual_revenue')), {
    ...fit, sentence: 'annual revenue of {n}', sentenceAbsent: 'annual revenue not recorded',
  }),
  feature('account_type', from('account', latestCategory(ACCOUNT, 'type')), {
    ...fit, sentence: 'type of the account: {n}', sentenceAbsent: 'the account has no type',
  }),
  feature('account_tier', from('account', latestCategory(ACCOUNT, 'tier')), {
    ...fit, sentence: 'the account is of tier {n}', sentenceAbsent: 'the account has no tier',
  }),
  feature('account_customer_since', from('account', until(ACCOUNT, 'customer_since')), {
    ...fit, sentence: 'the company became a customer {n}', sentenceAbsent: 'the company is no customer yet',
  }),
];

/** How the opportunity stands in the CRM. */
export const DEAL_STATE: readonly FeatureSpec[] = [
  feature('amount', latestNumber(DEAL, 'amount_home'), { ...deal, sentence: 'amount of {n}', sentenceAbsent: 'no amount in the home currency' }),
  feature('amount_change', change(DEAL, 'amount_home'), { ...deal, sentence: 'amount changed by {n} since it was opened', sentenceAbsent: 'amount as at first' }),
  feature('line_items', latestNumber(DEAL, 'line_items'), { ...deal, sentence: '{n line|lines} in the offer', sentenceAbsent: 'no lines in the offer' }),
  feature('stage', latestCategory(DEAL, 'stage'), { ...deal, sentence: 'stage is {n}', sentenceAbsent: 'no stage recorded' }),
  feature('probability', latestNumber(DEAL, 'probability'), { ...deal, sentence: 'the stage stands for {n} per cent', sentenceAbsent: 'no probability recorded' }),
  feature('forecast', latestCategory(DEAL, 'forecast'), { ...deal, sentence: 'forecast as {n}', sentenceAbsent: 'not in the forecast' }),
  feature('next_step_set', latestCategory(DEAL, 'next_step_set'), {
    ...deal, words: { true: 'written down', false: 'missing' }, sentence: 'the next step is {n}', sentenceAbsent: 'the next step was never written down',
  }),
  feature('stage_changes_90d', count(['opportunity.changed'], 90, when('stage')), {
    ...history, sentence: 'stage changed {n time|times} in the last 90 days', sentenceAbsent: 'stage not changed in the last 90 days',
  }),
  feature('stages_back', fallen(DEAL, 'stage_order', 180), {
    ...history, sentence: '{n stage|stages} behind its best', sentenceAbsent: 'never went back a stage',
  }),
  feature('days_in_stage', since(DEAL, when('stage')), { ...history, sentence: 'in this stage for {n}', sentenceAbsent: 'no stage recorded' }),
  feature('deal_age_days', since(['opportunity.created']), { ...history, sentence: 'opened {n} ago' }),
  feature('days_to_close', until(DEAL, 'close_date'), { ...deal, theme: 'timing', sentence: 'close date {n}', sentenceAbsent: 'no close date' }),
  feature('close_date_moves', count(['opportunity.changed'], 180, when('close_date')), {
    ...history, sentence: 'close date moved {n time|times}', sentenceAbsent: 'close date never moved',
  }),
  feature('close_date_pushed', change(DEAL, 'close_date'), { ...history, unit: 'date', sentence: 'close date moved: {n} of the first', sentenceAbsent: 'close date as at first' }),
  feature('reopened', count(['opportunity.reopened']), { ...history, sentence: 'opened again after it was lost', sentenceAbsent: 'was never lost before' }),
  feature('quarter_day', calendar(['opportunity.created'], 'quarter_day', 'now'), { ...deal, theme: 'timing', sentence: 'day {n} of the quarter' }),
];
