import type { EventSchema, Fields } from '../schema.ts';
import { typesOf } from './define.ts';
import { boolean, category, coarsened, dropped, employee, reference, required } from './fields.ts';
import { OWN } from './own.ts';

const CONTACT: Fields = {
  owner: employee(1),
  account: reference(2, 'account'),
  reports_to: reference(3, 'contact'),
  title: coarsened(4, 'seniority'),
  email: coarsened(5, 'email_domain_class'),
  department: category(6),
  country: category(7),
  region: category(8),
  lead_source: category(9),
  record_type: category(10),
  time_zone: category(11),
  opted_out: boolean(12),
  first_name: dropped(13),
  last_name: dropped(14),
  phone: dropped(15),
  street: dropped(16),
  description: dropped(17),
  do_not_call: boolean(18),
  ...OWN,
};

const contact = typesOf({ kinds: ['contact'], scopes: ['crm'] });

export const CONTACT_EVENTS: readonly EventSchema[] = [
  contact(90, 'contact.created', CONTACT),
  contact(91, 'contact.changed', CONTACT),
  contact(92, 'contact.deleted'),
  contact(93, 'contact.role_set', {
    opportunity: required(reference(1, 'opportunity')),
    role: category(2),
    primary: boolean(3),
  }),
  contact(94, 'contact.role_removed', { opportunity: required(reference(1, 'opportunity')) }),
];
