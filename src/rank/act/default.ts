import type { ActionPolicyDocument } from './document.ts';

const CONTACT = ['call', 'email', 'meeting', 'linkedin', 'nurture'];

/** What a cell starts with: rules, a tenth of the recommendations by lot, and no effect learned yet. */
export const DEFAULT_ACTIONS: ActionPolicyDocument = {
  version: 1,
  actions: [
    { name: 'call' },
    { name: 'email:follow_up' },
    { name: 'email:offer', explore: 0 }, // nobody gives discounts away by lot unasked
    { name: 'meeting' },
    { name: 'linkedin' },
    { name: 'nurture' },
    { name: 'handover', explore: 0 },
    { name: 'wait' },
  ],
  exploration: 0.1,
  constraints: {
    blocks: [
      { actions: ['email', 'nurture'], when: [{ feature: 'unsubscribed', above: 0 }], because: 'it has unsubscribed' },
      { actions: ['email', 'nurture'], when: [{ feature: 'opted_out', above: 0 }], because: 'it has opted out of e-mails in the CRM' },
      { actions: ['call'], when: [{ feature: 'do_not_call', above: 0 }], because: 'the CRM says not to call' },
      { actions: ['email', 'nurture'], when: [{ feature: 'emails_bounced', above: 0 }], because: 'an e-mail to it came back' },
      { actions: ['email', 'nurture'], when: [{ feature: 'email_domain_class', is: null }], because: 'no e-mail address is recorded' },
      { actions: CONTACT.slice(0, 4), when: [{ feature: 'touches_14d', above: 9 }], because: 'it was contacted ten times in 14 days' },
      { actions: ['email'], when: [{ feature: 'emails_sent_14d', above: 4 }], because: 'it was sent five e-mails in 14 days' },
      {
        actions: ['meeting'],
        when: ['calls_connected_30d', 'emails_replied_30d', 'meetings_30d', 'forms_30d'].map((feature) => ({ feature, below: 1 })),
        because: 'nobody has talked with it yet',
      },
    ],
    quiet: { actions: ['call'], from: 18, to: 8, weekdays: [0, 6] },
    rest: { actions: CONTACT, hours: 24 },
  },
  learned: null,
};
