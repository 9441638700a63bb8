import type { EventSchema } from '../schema.ts';
import { typesOf } from './define.ts';
import { category, classOf, employee, number, oneOf, reference } from './fields.ts';
import { STAGES } from './web.ts';

const SECONDS_A_YEAR = 366 * 86_400;

/** What every message has: of which template and campaign, sent by whom, and for which stage of a purchase. */
const MESSAGE = {
  template: category(1),
  campaign_id: reference(2, 'campaign'),
  purpose: classOf(3, ['marketing', 'personal', 'service']),
  user: employee(4),
  stage: oneOf(5, STAGES),
  opportunity: reference(6, 'opportunity'),
};
/** How long after the message that it answers, in seconds. */
const afterSeconds = number(7, 0, SECONDS_A_YEAR);

const email = typesOf({ kinds: ['lead', 'contact', 'visitor'], scopes: ['email', 'crm'] });

export const EMAIL_EVENTS: readonly EventSchema[] = [
  email(20, 'email.sent', { ...MESSAGE, after_seconds: afterSeconds }),
  email(21, 'email.opened', MESSAGE),
  email(22, 'email.clicked', MESSAGE),
  email(23, 'email.replied', { ...MESSAGE, after_seconds: afterSeconds }),
  email(24, 'email.bounced', MESSAGE),
  email(25, 'email.unsubscribed', MESSAGE),
  /** Of the person's own accord, in answer to no message of ours. */
  email(26, 'email.received', MESSAGE),
];
