import type { EventSchema, Fields } from '../schema.ts';
import { typesOf } from './define.ts';
import { boolean, category, coarsened, date, dropped, employee, number, reference } from './fields.ts';
import { OWN } from './own.ts';

const ACCOUNT: Fields = {
  owner: employee(1),
  parent: reference(2, 'account'),
  industry: category(3),
  employees: number(4, 0, 10_000_000),
  annual_revenue: number(5, 0, 1e13),
  type: category(6),
  tier: category(7),
  country: category(8),
  region: category(9),
  rating: category(10),
  record_type: category(11),
  customer_since: date(12),
  time_zone: category(13),
  lead_source: category(14),
  /** A person account: a person and a company in one record. */
  person: boolean(15),
  title: coarsened(16, 'seniority'),
  email: coarsened(17, 'email_domain_class'),
  opted_out: boolean(18),
  name: dropped(19),
  first_name: dropped(20),
  last_name: dropped(21),
  phone: dropped(22),
  street: dropped(23),
  website: dropped(24),
  description: dropped(25),
  do_not_call: boolean(26),
  ...OWN,
};

const account = typesOf({ kinds: ['account'], scopes: ['crm'] });

export const ACCOUNT_EVENTS: readonly EventSchema[] = [
  account(80, 'account.created', ACCOUNT),
  account(81, 'account.changed', ACCOUNT),
  account(82, 'account.deleted'),
];
