import { count, elapsed, latestNumber, of, ratio, sequence, since, when } from '../builder.ts';
import type { FeatureSpec } from '../spec.ts';
import { ACTIVITY, LEAD, MEETINGS, TOUCHES } from './events.ts';

const feature = of('lead');
const email = { theme: 'engagement', source: 'email' };
const calls = { theme: 'engagement', source: 'telephony' };
const meetings = { theme: 'engagement', source: 'salesforce' };
const ACTIONS = {
  'web.visited': 'a visit to the site', 'web.form_submitted': 'a form', 'email.clicked': 'a click in an e-mail', 'email.replied': 'an answer by e-mail',
  'email.opened': 'an opened e-mail', 'call.logged': 'a call', 'meeting.booked': 'a meeting that was booked', 'meeting.held': 'a meeting',
};

/** How the lead and its rep deal with each other. */
export const LEAD_ENGAGEMENT: readonly FeatureSpec[] = [
  feature('emails_sent_14d', count(['email.sent'], 14), {
    ...email, sentence: '{n e-mail|e-mails} sent to it in the last 14 days', sentenceAbsent: 'no e-mail sent to it in the last 14 days',
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
  feature('reply_rate_30d', ratio(['email.replied'], ['email.sent'], 30), {
    ...email, unit: 'share', sentence: 'answered {n} of the e-mails of the last 30 days', sentenceAbsent: 'answered none of the e-mails of the last 30 days',
  }),
  feature('reply_delay', latestNumber(['email.replied'], 'after_seconds'), {
    ...email, unit: 'seconds', sentence: 'last answered an e-mail after {n}', sentenceAbsent: 'no answer whose delay is known',
  }),
  feature('unsubscribed', count(['email.unsubscribed']), {
    ...email, sentence: 'has unsubscribed from e-mails', sentenceAbsent: 'still takes e-mails',
  }),
  feature('opted_out', latestNumber(LEAD, 'opted_out'), {
    ...email, source: 'salesforce', sentence: 'has opted out of e-mails in the CRM', sentenceAbsent: 'has not opted out of e-mails in the CRM',
  }),
  feature('do_not_call', latestNumber(LEAD, 'do_not_call'), {
    ...calls, source: 'salesforce', sentence: 'must not be called, as the CRM has it', sentenceAbsent: 'may be called',
  }),
  feature('emails_bounced', count(['email.bounced']), {
    ...email, sentence: '{n e-mail|e-mails} came back', sentenceAbsent: 'no e-mail came back',
  }),
  feature('days_since_reply', since(['email.replied']), {
    ...email, sentence: 'last answered an e-mail {n} ago', sentenceAbsent: 'has not answered an e-mail',
  }),
  feature('calls_connected_30d', count(['call.logged'], 30, when('outcome', 'connected')), {
    ...calls, sentence: '{n call|calls} connected in the last 30 days', sentenceAbsent: 'no call connected in the last 30 days',
  }),
  feature('calls_missed_14d', count(['call.logged'], 14, when('outcome', 'voicemail', 'no_answer')), {
    ...calls, sentence: '{n call|calls} not taken in the last 14 days', sentenceAbsent: 'no call missed in the last 14 days',
  }),
  feature('connect_rate_30d', ratio(['call.logged'], ['call.logged'], 30, when('outcome', 'connected')), {
    ...calls, unit: 'share', sentence: 'took {n} of the calls of the last 30 days', sentenceAbsent: 'took none of the calls of the last 30 days',
  }),
  feature('meetings_30d', count(MEETINGS, 30), {
    ...meetings, sentence: '{n meeting|meetings} booked or held in the last 30 days', sentenceAbsent: 'no meeting in the last 30 days',
  }),
  feature('meetings_missed', count(['meeting.missed', 'meeting.cancelled']), {
    ...meetings, sentence: '{n meeting|meetings} missed or cancelled', sentenceAbsent: 'no meeting missed or cancelled',
  }),
  feature('days_since_meeting', since(['meeting.held']), {
    ...meetings, sentence: 'last meeting {n} ago', sentenceAbsent: 'no meeting held yet',
  }),
  feature('touches_14d', count(TOUCHES, 14), {
    ...calls, sentence: 'contacted {n time|times} in the last 14 days', sentenceAbsent: 'not contacted in the last 14 days',
  }),
  feature('days_since_touch', since(TOUCHES), {
    ...calls, sentence: 'last contacted {n} ago', sentenceAbsent: 'has not been contacted yet',
  }),
  feature('speed_to_first_touch', elapsed(TOUCHES, ['lead.created']), {
    ...calls, sentence: 'first contacted {n} after it came in', sentenceAbsent: 'has not been contacted yet',
  }),
  feature('days_since_last_activity', since(ACTIVITY), {
    theme: 'engagement', source: 'web', sentence: 'last activity {n} ago', sentenceAbsent: 'no activity yet',
  }),
  feature('last_activity', sequence(ACTIVITY, 0), {
    theme: 'engagement', source: 'web', words: ACTIONS, sentence: 'the last thing was {n}', sentenceAbsent: 'nothing has happened yet',
  }),
];
