import { calendar, count, decayed, feature, firstCategory, latestCategory, latestNumber, since, sum } from './builder.ts';
import type { FeatureSpec } from './spec.ts';

const LEAD = ['lead.created', 'lead.changed'];
/** What a lead does of its own accord. */
const INTENT = ['web.visited', 'web.form_submitted', 'email.clicked', 'email.replied'];
const ACTIVITY = [...INTENT, 'email.opened', 'call.logged', 'meeting.booked', 'meeting.held'];

const fit = { theme: 'fit', source: 'salesforce' };
const history = { theme: 'history', source: 'salesforce' };
const intent = { theme: 'intent', source: 'web' };
const email = { theme: 'engagement', source: 'email' };
const calls = { theme: 'engagement', source: 'telephony' };
const meetings = { theme: 'engagement', source: 'salesforce' };

/** The lead features that a cell starts with. */
export const LEAD_FEATURES: readonly FeatureSpec[] = [
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
    ...fit, privacy: 'coarsen', sentence: 'uses a {n} e-mail address', sentenceAbsent: 'no e-mail address recorded',
  }),
  feature('campaign', firstCategory(LEAD, 'campaign'), {
    ...fit, sentence: 'answered the campaign {n}', sentenceAbsent: 'belongs to no campaign',
  }),
  feature('rating', latestCategory(LEAD, 'rating'), {
    ...history, sentence: 'rated {n} in Salesforce', sentenceAbsent: 'not rated in Salesforce yet',
  }),
  feature('status', latestCategory(LEAD, 'status'), {
    ...history, sentence: 'status is {n}', sentenceAbsent: 'status not set since the lead came in',
  }),
  feature('lead_age_days', since(['lead.created']), { ...history, sentence: 'came in {n} ago' }),
  feature('created_weekday', calendar(['lead.created'], 'weekday'), { ...history, sentence: 'came in on a {n}' }),
  feature('created_hour', calendar(['lead.created'], 'hour'), { ...history, sentence: 'came in in the hour after {n}:00 UTC' }),
  feature('web_visits_7d', count(['web.visited'], 7), {
    ...intent, sentence: '{n visit|visits} to the site in the last 7 days', sentenceAbsent: 'no visit to the site in the last 7 days',
  }),
  feature('pricing_visits_14d', count(['web.visited'], 14, { field: 'page', in: ['pricing'] }), {
    ...intent,
    sentence: '{n visit|visits} to the pricing page in the last 14 days',
    sentenceAbsent: 'no visit to the pricing page in the last 14 days',
  }),
  feature('web_seconds_7d', sum(['web.visited'], 'seconds', 7), {
    ...intent, sentence: '{n} on the site in the last 7 days', unit: 'seconds', sentenceAbsent: 'no time spent on the site in the last 7 days',
  }),
  feature('forms_30d', count(['web.form_submitted'], 30), {
    ...intent, sentence: '{n form|forms} filled in during the last 30 days', sentenceAbsent: 'no form filled in during the last 30 days',
  }),
  feature('intent_decayed_3d', decayed(INTENT, 3), {
    ...intent, sentence: 'active in the last few days', sentenceAbsent: 'hardly active in the last few days',
  }),
  feature('emails_opened_14d', count(['email.opened'], 14), {
    ...email, sentence: '{n e-mail|e-mails} opened in the last 14 days', sentenceAbsent: 'no e-mail opened in the last 14 days',
  }),
  feature('emails_clicked_14d', count(['email.clicked'], 14), {
    ...email, sentence: '{n click|clicks} in e-mails in the last 14 days', sentenceAbsent: 'no click in an e-mail in the last 14 days',
  }),
  feature('emails_replied_30d', count(['email.replied'], 30), {
    ...email, sentence: '{n e-mail|e-mails} answered in the last 30 days', sentenceAbsent: 'no e-mail answered in the last 30 days',
  }),
  feature('days_since_reply', since(['email.replied']), {
    ...email, sentence: 'last answered an e-mail {n} ago', sentenceAbsent: 'has not answered an e-mail',
  }),
  feature('calls_connected_30d', count(['call.logged'], 30, { field: 'outcome', in: ['connected'] }), {
    ...calls, sentence: '{n call|calls} connected in the last 30 days', sentenceAbsent: 'no call connected in the last 30 days',
  }),
  feature('calls_missed_14d', count(['call.logged'], 14, { field: 'outcome', in: ['voicemail', 'no_answer'] }), {
    ...calls, sentence: '{n call|calls} not taken in the last 14 days', sentenceAbsent: 'no call missed in the last 14 days',
  }),
  feature('meetings_30d', count(['meeting.booked', 'meeting.held'], 30), {
    ...meetings, sentence: '{n meeting|meetings} booked or held in the last 30 days', sentenceAbsent: 'no meeting in the last 30 days',
  }),
  feature('days_since_meeting', since(['meeting.held']), {
    ...meetings, sentence: 'last meeting {n} ago', sentenceAbsent: 'no meeting held yet',
  }),
  feature('days_since_last_activity', since(ACTIVITY), {
    theme: 'engagement', source: 'web', sentence: 'last activity {n} ago', sentenceAbsent: 'no activity yet',
  }),
];
