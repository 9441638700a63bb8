import type { RulesDocument } from './parse.ts';

/**
 * The points rules that a new cell begins with: plain sales sense, deliberately few. They rank when no model can, so
 * they lean on what a rep would check first: did the lead show intent, did it answer, does it fit, is it still warm. Rating, size
 * and age are fields of the record: they are what the org's own formula has.
 */
export const DEFAULT_RULES: RulesDocument = {
  version: 3,
  base: 20,
  caps: { intent: 40, engagement: 35, fit: 30, history: 25 },
  chances: [[0, 0.01], [50, 0.05], [100, 0.2]],
  rules: [
    {
      id: 'form',
      theme: 'intent',
      points: 20,
      when: [{ feature: 'forms_30d', is: '>=', value: 1 }],
      sentence: 'filled in a form in the last 30 days',
    },
    {
      id: 'pricing',
      theme: 'intent',
      points: 10,
      when: [{ feature: 'pricing_visits_14d', is: '>=', value: 1 }],
      sentence: 'was on the pricing page in the last 14 days',
    },
    {
      id: 'visits',
      theme: 'intent',
      points: 12,
      when: [{ feature: 'web_visits_7d', is: '>=', value: 3 }],
      sentence: '{n} visits to the site in the last 7 days',
    },
    {
      id: 'lingered',
      theme: 'intent',
      points: 8,
      when: [{ feature: 'web_seconds_7d', is: '>=', value: 300 }],
      sentence: 'spent more than five minutes on the site in the last 7 days',
    },
    {
      id: 'meeting',
      theme: 'engagement',
      points: 25,
      when: [{ feature: 'meetings_30d', is: '>=', value: 1 }],
      sentence: 'had a meeting in the last 30 days',
    },
    {
      id: 'replied',
      theme: 'engagement',
      points: 15,
      when: [{ feature: 'emails_replied_30d', is: '>=', value: 1 }],
      sentence: 'replied to an e-mail in the last 30 days',
    },
    {
      id: 'clicked',
      theme: 'engagement',
      points: 8,
      when: [{ feature: 'emails_clicked_14d', is: '>=', value: 1 }],
      sentence: 'clicked a link in an e-mail in the last 14 days',
    },
    {
      id: 'senior',
      theme: 'fit',
      points: 10,
      when: [{ feature: 'seniority', is: 'in', value: ['c_level', 'vp', 'director'] }],
      sentence: 'the contact is senior',
    },
    {
      id: 'corporate',
      theme: 'fit',
      points: 5,
      when: [{ feature: 'email_domain_class', is: '=', value: 'corporate' }],
      sentence: 'writes from a company address',
    },
    {
      id: 'freemail',
      theme: 'fit',
      points: -5,
      when: [{ feature: 'email_domain_class', is: '=', value: 'freemail' }],
      sentence: 'writes from a private address',
    },
    {
      id: 'hot',
      theme: 'fit',
      points: 15,
      when: [{ feature: 'rating', is: '=', value: 'Hot' }],
      sentence: 'rated hot in Salesforce',
    },
    {
      id: 'cold',
      theme: 'fit',
      points: -10,
      when: [{ feature: 'rating', is: '=', value: 'Cold' }],
      sentence: 'rated cold in Salesforce',
    },
    {
      id: 'large',
      theme: 'fit',
      points: 8,
      when: [{ feature: 'employees', is: '>=', value: 200 }],
      sentence: 'company of {n} people',
    },
    {
      id: 'small',
      theme: 'fit',
      points: -5,
      when: [{ feature: 'employees', is: '<', value: 20 }],
      sentence: 'company of {n} people',
    },
    {
      id: 'silent',
      theme: 'history',
      points: -15,
      when: [{ feature: 'days_since_last_activity', is: '>', value: 14 }],
      sentence: 'no activity for {n} days',
    },
    {
      id: 'old',
      theme: 'history',
      points: -10,
      when: [{ feature: 'lead_age_days', is: '>', value: 60 }],
      sentence: 'in the book for {n} days',
    },
  ],
};
