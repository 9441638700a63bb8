import { count, decayed, distinct, inTiles, latestCategory, of, since, sum, trend, when } from '../builder.ts';
import type { FeatureSpec } from '../spec.ts';
import { INTENT } from './events.ts';

const feature = of('lead');
const intent = { theme: 'intent', source: 'web' };
const product = { theme: 'intent', source: 'product' };

/** What the lead does of its own accord on the site and with a trial. */
export const LEAD_INTENT: readonly FeatureSpec[] = [
  feature('web_visits_1d', inTiles(1 / 4, count(['web.visited'], 1)), {
    ...intent, sentence: '{n visit|visits} to the site in the last day', sentenceAbsent: 'no visit to the site in the last day',
  }),
  feature('web_visits_7d', count(['web.visited'], 7), {
    ...intent, sentence: '{n visit|visits} to the site in the last 7 days', sentenceAbsent: 'no visit to the site in the last 7 days',
  }),
  feature('web_visits_90d', count(['web.visited'], 90), {
    ...intent, sentence: '{n visit|visits} to the site in the last 90 days', sentenceAbsent: 'no visit to the site in the last 90 days',
  }),
  feature('web_trend', inTiles(6, trend(['web.visited'], 6, 30)), {
    ...intent, sentence: 'visits the site {n} times as often as over the last month', sentenceAbsent: 'has not been on the site in the last days',
  }),
  feature('pricing_visits_14d', count(['web.visited'], 14, when('page', 'pricing')), {
    ...intent,
    sentence: '{n visit|visits} to the pricing page in the last 14 days',
    sentenceAbsent: 'no visit to the pricing page in the last 14 days',
  }),
  feature('decision_visits_30d', count(['web.visited', 'web.asset_downloaded'], 30, when('stage', 'decision')), {
    ...intent, sentence: '{n look|looks} at pages for buyers about to decide, in the last 30 days', sentenceAbsent: 'has not read what buyers read who are about to decide',
  }),
  feature('brand_searches_30d', count(['web.visited'], 30, when('search', 'brand')), {
    ...intent, sentence: 'searched for us by name {n time|times} in the last 30 days', sentenceAbsent: 'has not searched for us by name',
  }),
  feature('web_seconds_7d', sum(['web.visited'], 'seconds', 7), {
    ...intent, sentence: '{n} on the site in the last 7 days', unit: 'seconds', sentenceAbsent: 'no time spent on the site in the last 7 days',
  }),
  feature('pages_30d', distinct(['web.visited'], 'page', 30), {
    ...intent, sentence: 'looked at {n kind|kinds} of page in the last 30 days', sentenceAbsent: 'looked at no page in the last 30 days',
  }),
  feature('last_channel', latestCategory(['web.visited', 'web.form_submitted'], 'channel'), {
    ...intent, sentence: 'last came to the site by {n}', sentenceAbsent: 'has not come to the site',
  }),
  feature('forms_30d', count(['web.form_submitted'], 30), {
    ...intent, sentence: '{n form|forms} filled in during the last 30 days', sentenceAbsent: 'no form filled in during the last 30 days',
  }),
  feature('downloads_30d', count(['web.asset_downloaded'], 30), {
    ...intent, sentence: '{n download|downloads} in the last 30 days', sentenceAbsent: 'no download in the last 30 days',
  }),
  feature('days_since_visit', since(['web.visited']), {
    ...intent, sentence: 'last on the site {n} ago', sentenceAbsent: 'has not been on the site',
  }),
  feature('intent_decayed_3d', decayed(INTENT, 3), {
    ...intent, sentence: 'active in the last few days', sentenceAbsent: 'hardly active in the last few days',
  }),
  feature('intent_decayed_14d', decayed(INTENT, 14), {
    ...intent, sentence: 'active in the last weeks', sentenceAbsent: 'hardly active in the last weeks',
  }),
  feature('trial_uses_14d', count(['product.used'], 14), {
    ...product, sentence: 'used the product {n time|times} in the last 14 days', sentenceAbsent: 'has not used the product in the last 14 days',
  }),
  feature('days_since_trial', since(['product.trial_started']), {
    ...product, sentence: 'began a trial {n} ago', sentenceAbsent: 'has begun no trial',
  }),
];
