import { count, daily, dailyAge, decayed, from, inTiles, latestCategory, latestNumber, of, standing, sum, untilDaily } from '../builder.ts';
import type { Entity, FeatureSpec } from '../spec.ts';
import { CAMPAIGN, DEAL_ENDS, INTENT, MEETINGS } from './events.ts';

/** Days for which a row tells something: the ERP sends some companies once a month, a campaign ends. */
const ROW_LIFE = 35;
const CAMPAIGN_LIFE = 7;

/** What others do at the account; one's own part left out. */
export function accountContext(entity: Entity): FeatureSpec[] {
  const feature = of(entity);
  const account = { theme: 'account', source: 'salesforce' };
  const others = (counting: Entity): 'others' | undefined => (entity === counting ? 'others' : undefined);
  return [
    feature('account_visits_30d', from('account', count(['web.visited'], 30), others('lead')), {
      ...account, source: 'web', sentence: '{n visit|visits} by others of the company in the last 30 days', sentenceAbsent: 'nobody else of the company was on the site in the last 30 days',
    }),
    feature('account_intent', from('account', decayed(INTENT, 14), others('lead')), {
      ...account, source: 'web', sentence: 'others of the company were active in the last weeks', sentenceAbsent: 'others of the company were hardly active in the last weeks',
    }),
    feature('account_leads_90d', from('account', inTiles(30, count(['lead.created'], 90)), others('lead')), {
      ...account, sentence: '{n other lead|other leads} of the company in the last 90 days', sentenceAbsent: 'no other lead of the company in the last 90 days',
    }),
    feature('account_meetings_90d', from('account', inTiles(30, count(MEETINGS, 90)), 'others'), {
      ...account, sentence: '{n meeting|meetings} with others of the company in the last 90 days', sentenceAbsent: 'no meeting with others of the company in the last 90 days',
    }),
    feature('account_open_deals', from('account', standing(['opportunity.created', 'opportunity.reopened'], DEAL_ENDS), others('opportunity')), {
      ...account, sentence: '{n other open opportunity|other open opportunities} at the company', sentenceAbsent: 'no other open opportunity at the company',
    }),
    feature('account_wins', from('account', count(['opportunity.won']), others('opportunity')), {
      ...account, sentence: '{n deal|deals} won at the company so far', sentenceAbsent: 'no deal won at the company so far',
    }),
    feature('account_won_180d', from('account', inTiles(60, sum(['opportunity.won'], 'amount_home', 180)), others('opportunity')), {
      ...account, sentence: 'won {n} at the company in the last 180 days', sentenceAbsent: 'nothing won at the company in the last 180 days',
    }),
  ];
}

/** What the ERP and marketing systems know. */
export function commercial(entity: Entity): FeatureSpec[] {
  const feature = of(entity);
  const erp = { theme: 'commercial', source: 'erp' };
  const marketing = { theme: 'campaign', source: 'marketing' };
  return [
    feature('credit_state', from('account', daily('erp.daily', 'credit_state', ROW_LIFE, 'categorical')), {
      ...erp, words: { hold: 'on hold', watch: 'being watched' }, sentence: 'the company’s credit is {n}', sentenceAbsent: 'the company’s credit is not known',
    }),
    feature('amount_overdue', from('account', daily('erp.daily', 'amount_overdue', ROW_LIFE)), {
      ...erp, sentence: 'the company owes {n} that is overdue', sentenceAbsent: 'nothing that the company owes is overdue',
    }),
    feature('orders_12m', from('account', daily('erp.daily', 'orders_12m', ROW_LIFE)), {
      ...erp, sentence: '{n order|orders} of the company in twelve months', sentenceAbsent: 'no order of the company in twelve months',
    }),
    feature('products_installed', from('account', daily('erp.daily', 'products_installed', ROW_LIFE)), {
      ...erp, sentence: 'the company uses {n product|products} of ours', sentenceAbsent: 'the company uses none of our products',
    }),
    feature('contract_end', from('account', untilDaily('erp.daily', 'contract_end')), {
      ...erp, sentence: 'the company’s contract ends or ended {n}', sentenceAbsent: 'the company has no contract',
    }),
    feature('erp_age', from('account', dailyAge('erp.daily', 'credit_state')), {
      ...erp, theme: 'commercial', sentence: 'the ERP last told of the company {n} ago', sentenceAbsent: 'the ERP does not know the company',
    }),
    feature('campaign_type', from('campaign', latestCategory(CAMPAIGN, 'type')), {
      ...marketing, source: 'salesforce', sentence: 'came by a campaign of the type {n}', sentenceAbsent: 'belongs to no campaign on record',
    }),
    feature('campaign_budget', from('campaign', latestNumber(CAMPAIGN, 'budget')), {
      ...marketing, source: 'salesforce', sentence: 'its campaign has a budget of {n}', sentenceAbsent: 'its campaign’s budget is not known',
    }),
    feature('campaign_spend', from('campaign', daily('marketing.daily', 'spend', CAMPAIGN_LIFE)), {
      ...marketing, sentence: '{n} spent on its campaign in a day', sentenceAbsent: 'nothing is spent on its campaign',
    }),
    feature('campaign_clicks', from('campaign', daily('marketing.daily', 'clicks', CAMPAIGN_LIFE)), {
      ...marketing, sentence: '{n click|clicks} on its campaign in a day', sentenceAbsent: 'nobody clicks on its campaign',
    }),
  ];
}
