import type { RulesDocument } from './parse.ts';

/**
 * The points rules for opportunities that a new cell begins with. They lean on what a manager would ask in a pipeline review: how
 * far is it, does the buyer still answer, is there a next step, and does the date keep moving.
 */
export const DEFAULT_DEAL_RULES: RulesDocument = {
  version: 3,
  base: 20,
  caps: { deal: 35, engagement: 35, intent: 25, history: 30, timing: 15 },
  chances: [[0, 0.03], [50, 0.15], [100, 0.5]],
  rules: [
    { id: 'late-stage', theme: 'deal', points: 20, when: [{ feature: 'probability', is: '>=', value: 70 }], sentence: 'the stage stands for {n} per cent' },
    { id: 'middle-stage', theme: 'deal', points: 10, when: [{ feature: 'probability', is: '>=', value: 40 }, { feature: 'probability', is: '<', value: 70 }], sentence: 'the stage stands for {n} per cent' },
    { id: 'next-step', theme: 'deal', points: 8, when: [{ feature: 'next_step_set', is: '=', value: 'true' }], sentence: 'the next step is written down' },
    { id: 'known-customer', theme: 'deal', points: 8, when: [{ feature: 'account_wins', is: '>=', value: 1 }], sentence: '{n} won with this company before' },
    { id: 'meeting', theme: 'engagement', points: 15, when: [{ feature: 'meetings_held_30d', is: '>=', value: 1 }], sentence: 'a meeting was held in the last 30 days' },
    { id: 'replies', theme: 'engagement', points: 12, when: [{ feature: 'buyer_replies_30d', is: '>=', value: 1 }], sentence: 'the buyers wrote in the last 30 days' },
    { id: 'talked', theme: 'engagement', points: 8, when: [{ feature: 'calls_connected_30d', is: '>=', value: 1 }], sentence: 'talked on the phone in the last 30 days' },
    { id: 'silent', theme: 'engagement', points: -12, when: [{ feature: 'buyer_silence', is: '>', value: 21 }], sentence: 'nothing heard of the contact for {n} days' },
    { id: 'pricing', theme: 'intent', points: 12, when: [{ feature: 'buyer_pricing_30d', is: '>=', value: 1 }], sentence: 'the buyers were on the pricing page in the last 30 days' },
    { id: 'visits', theme: 'intent', points: 10, when: [{ feature: 'buyer_visits_7d', is: '>=', value: 2 }], sentence: '{n} visits by the buyers in the last 7 days' },
    { id: 'meeting-ahead', theme: 'timing', points: 10, when: [{ feature: 'next_meeting', is: '>=', value: 0 }], sentence: 'a meeting is booked' },
    { id: 'overdue', theme: 'timing', points: -10, when: [{ feature: 'days_to_close', is: '<', value: 0 }], sentence: 'the close date has passed' },
    { id: 'stuck', theme: 'history', points: -12, when: [{ feature: 'days_in_stage', is: '>', value: 30 }], sentence: 'in this stage for {n} days' },
    { id: 'moved', theme: 'history', points: -10, when: [{ feature: 'close_date_moves', is: '>=', value: 2 }], sentence: 'the close date moved {n} times' },
    { id: 'back', theme: 'history', points: -10, when: [{ feature: 'stages_back', is: '>=', value: 1 }], sentence: 'went back in its stages' },
    { id: 'old', theme: 'history', points: -8, when: [{ feature: 'deal_age_days', is: '>', value: 60 }], sentence: 'open for {n} days' },
  ],
};
