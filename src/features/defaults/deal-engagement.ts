import { count, decayed, from, inTiles, latestCategory, latestNumber, localTime, max, of, ratio, sequence, since, standing, sum, trend, until, when } from '../builder.ts';
import type { FeatureSpec } from '../spec.ts';
import { CONTACT, INTENT, MEETINGS, TOUCHES } from './events.ts';

const feature = of('opportunity');
const work = { theme: 'engagement', source: 'salesforce' };
const calls = { theme: 'engagement', source: 'telephony' };
const buyers = { theme: 'intent', source: 'web' };
const HANDS = ['call.logged', 'meeting.booked', 'meeting.held', 'task.completed'];

/** What is done for the opportunity. */
export const DEAL_ENGAGEMENT: readonly FeatureSpec[] = [
  feature('meetings_held_30d', count(['meeting.held'], 30), { ...work, sentence: '{n meeting|meetings} held in the last 30 days', sentenceAbsent: 'no meeting held in the last 30 days' }),
  feature('meeting_minutes_30d', sum(['meeting.held'], 'minutes', 30), { ...work, sentence: '{n minute|minutes} in meetings in the last 30 days', sentenceAbsent: 'no time in meetings in the last 30 days' }),
  feature('most_attendees_30d', max(['meeting.held'], 'attendees', 30), { ...work, sentence: 'up to {n of them|of them} in a meeting', sentenceAbsent: 'no meeting whose attendees are known' }),
  feature('days_since_meeting', since(['meeting.held']), { ...work, sentence: 'last meeting {n} ago', sentenceAbsent: 'no meeting held yet' }),
  feature('next_meeting', until(['meeting.booked', 'meeting.moved'], 'starts'), { ...work, theme: 'timing', sentence: 'the meeting booked last is or was {n}', sentenceAbsent: 'no meeting booked' }),
  feature('meetings_off_90d', count(['meeting.cancelled', 'meeting.missed', 'meeting.moved'], 90), {
    ...work, sentence: '{n meeting|meetings} cancelled, moved or missed in the last 90 days', sentenceAbsent: 'no meeting cancelled, moved or missed',
  }),
  feature('meeting_purpose', latestCategory(['meeting.booked', 'meeting.held'], 'purpose'), { ...work, sentence: 'the last meeting was for {n}', sentenceAbsent: 'no meeting yet' }),
  feature('calls_connected_30d', count(['call.logged'], 30, when('outcome', 'connected')), { ...calls, sentence: '{n call|calls} connected in the last 30 days', sentenceAbsent: 'no call connected in the last 30 days' }),
  feature('days_since_work', since(HANDS), { ...work, sentence: 'last worked on {n} ago', sentenceAbsent: 'nobody has worked on it yet' }),
  feature('touches_14d', count(TOUCHES, 14), { ...calls, sentence: 'contacted {n time|times} in the last 14 days', sentenceAbsent: 'not contacted in the last 14 days' }),
  feature('meetings_30d', count(MEETINGS, 30), { ...work, sentence: '{n meeting|meetings} booked or held in the last 30 days', sentenceAbsent: 'no meeting in the last 30 days' }),
  feature('tasks_open', standing(['task.created'], ['task.completed', 'task.cancelled']), { ...work, sentence: '{n open task|open tasks}', sentenceAbsent: 'no open task' }),
  feature('last_work', sequence(HANDS, 0), {
    ...work, words: { 'call.logged': 'a call', 'meeting.booked': 'a meeting that was booked', 'meeting.held': 'a meeting', 'task.completed': 'a task' },
    sentence: 'the last thing done was {n}', sentenceAbsent: 'nothing has been done yet',
  }),
];

/** What those do who buy: the contacts that play a role in it. */
export const DEAL_BUYERS: readonly FeatureSpec[] = [
  feature('buyer_seniority', from('contact', latestCategory(CONTACT, 'title')), {
    theme: 'fit', source: 'salesforce', privacy: 'coarsen', words: { c_level: 'C-level', vp: 'vice president' },
    sentence: 'job level of the contact: {n}', sentenceAbsent: 'no job title of a contact recorded',
  }),
  feature('buyer_department', from('contact', latestCategory(CONTACT, 'department')), { theme: 'fit', source: 'salesforce', sentence: 'the contact works in {n}', sentenceAbsent: 'no department of a contact recorded' }),
  feature('buyer_visits_7d', count(['web.visited'], 7), { ...buyers, sentence: '{n visit|visits} by the buyers in the last 7 days', sentenceAbsent: 'no visit by the buyers in the last 7 days' }),
  feature('buyer_visits_90d', count(['web.visited'], 90), { ...buyers, sentence: '{n visit|visits} by the buyers in the last 90 days', sentenceAbsent: 'no visit by the buyers in the last 90 days' }),
  feature('buyer_trend', inTiles(6, trend(['web.visited'], 6, 30)), { ...buyers, sentence: 'the buyers visit the site {n} times as often as over the last month', sentenceAbsent: 'the buyers were not on the site in the last days' }),
  feature('buyer_pricing_30d', count(['web.visited'], 30, when('page', 'pricing')), { ...buyers, sentence: '{n visit|visits} by the buyers to the pricing page in the last 30 days', sentenceAbsent: 'no visit by the buyers to the pricing page in the last 30 days' }),
  feature('buyer_decision_30d', count(['web.visited', 'web.asset_downloaded'], 30, when('stage', 'decision')), { ...buyers, sentence: 'the buyers read {n time|times} what is read before a decision', sentenceAbsent: 'the buyers have not read what is read before a decision' }),
  feature('buyer_intent', decayed(INTENT, 14), { ...buyers, sentence: 'the buyers were active in the last weeks', sentenceAbsent: 'the buyers were hardly active in the last weeks' }),
  feature('buyer_mails_30d', count(['email.sent'], 30), { theme: 'engagement', source: 'email', sentence: '{n e-mail|e-mails} to the buyers in the last 30 days', sentenceAbsent: 'no e-mail to the buyers in the last 30 days' }),
  feature('buyer_replies_30d', count(['email.replied', 'email.received'], 30), { theme: 'engagement', source: 'email', sentence: '{n e-mail|e-mails} from the buyers in the last 30 days', sentenceAbsent: 'no e-mail from the buyers in the last 30 days' }),
  feature('buyer_reply_rate', ratio(['email.replied'], ['email.sent'], 30), { theme: 'engagement', source: 'email', unit: 'share', sentence: 'the buyers answered {n} of the e-mails of the last 30 days', sentenceAbsent: 'the buyers answered none of the e-mails of the last 30 days' }),
  feature('buyer_silence', from('contact', since(['email.replied', 'email.received', 'web.visited'])), { ...buyers, theme: 'engagement', sentence: 'the contact was last heard of {n} ago', sentenceAbsent: 'the contact was not heard of yet' }),
  // Under the names that they have of leads: what forbids an e-mail or a call at night asks for them.
  feature('email_domain_class', from('contact', latestCategory(CONTACT, 'email')), { theme: 'fit', source: 'salesforce', privacy: 'coarsen', sentence: 'kind of e-mail address of the contact: {n}', words: { education: 'school or university' }, sentenceAbsent: 'no e-mail address of a contact recorded' }),
  feature('unsubscribed', from('contact', count(['email.unsubscribed'])), { theme: 'engagement', source: 'email', sentence: 'the contact has unsubscribed from e-mails', sentenceAbsent: 'the contact still takes e-mails' }),
  feature('opted_out', from('contact', latestNumber(CONTACT, 'opted_out')), { theme: 'engagement', source: 'salesforce', sentence: 'the contact has opted out of e-mails in the CRM', sentenceAbsent: 'the contact has not opted out of e-mails in the CRM' }),
  feature('do_not_call', from('contact', latestNumber(CONTACT, 'do_not_call')), { theme: 'engagement', source: 'salesforce', sentence: 'the contact must not be called, as the CRM has it', sentenceAbsent: 'the contact may be called' }),
  feature('emails_bounced', from('contact', count(['email.bounced'])), { theme: 'engagement', source: 'email', sentence: '{n e-mail|e-mails} to the contact came back', sentenceAbsent: 'no e-mail to the contact came back' }),
  feature('local_time', from('contact', localTime(CONTACT, 'country')), { theme: 'timing', source: 'salesforce', sentence: 'it is {n} where the contact works', sentenceAbsent: 'the contact’s time of day is not known' }),
];
