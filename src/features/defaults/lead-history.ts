import { calendar, count, latestCategory, of, since, when } from '../builder.ts';
import type { FeatureSpec } from '../spec.ts';
import { LEAD } from './events.ts';

const feature = of('lead');
const history = { theme: 'history', source: 'salesforce' };

/** What became of the lead so far. */
export const LEAD_HISTORY: readonly FeatureSpec[] = [
  feature('rating', latestCategory(LEAD, 'rating'), {
    ...history, sentence: 'rated {n} in Salesforce', sentenceAbsent: 'not rated in Salesforce yet',
  }),
  feature('status', latestCategory(LEAD, 'status'), {
    ...history, sentence: 'status is {n}', sentenceAbsent: 'status not set since the lead came in',
  }),
  feature('status_changes_30d', count(['lead.changed'], 30, when('status')), {
    ...history, sentence: 'status changed {n time|times} in the last 30 days', sentenceAbsent: 'status not changed in the last 30 days',
  }),
  feature('days_in_status', since(['lead.changed'], when('status')), {
    ...history, sentence: 'in this status for {n}', sentenceAbsent: 'status not set since the lead came in',
  }),
  feature('lead_age_days', since(['lead.created']), { ...history, sentence: 'came in {n} ago' }),
  feature('reopened', count(['lead.reopened']), {
    ...history, sentence: 'opened again after it was closed', sentenceAbsent: 'was never closed before',
  }),
  feature('promises_broken', count(['sla.breached']), {
    ...history, sentence: 'was called later than promised', sentenceAbsent: 'no promise to it was broken',
  }),
  feature('created_weekday', calendar(['lead.created'], 'weekday'), { ...history, theme: 'timing', sentence: 'came in on a {n}' }),
  feature('created_hour', calendar(['lead.created'], 'hour'), { ...history, theme: 'timing', sentence: 'came in in the hour after {n}:00 UTC' }),
];
