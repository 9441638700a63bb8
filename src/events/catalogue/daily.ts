import type { EventSchema, Fields } from '../schema.ts';
import { typesOf } from './define.ts';
import { amount, balance, boolean, count, date, number, oneOf, past, required, time } from './fields.ts';
import { currency } from './money.ts';
import { OWN } from './own.ts';

/**
 * A row of a daily file: of which day it tells, and when the file was there as a whole. The business knew it from
 * `available` on, and so do features and training. A later row of the same day restates it.
 */
const ROW: Fields = {
  day: required(date(1)),
  available: required(past(time(2))),
  currency: currency(3),
  restates: boolean(4),
  ...OWN,
};

const erp = typesOf({ kinds: ['account'], scopes: ['erp'] });
const marketing = typesOf({ kinds: ['campaign'], scopes: ['marketing'] });
const usage = typesOf({ kinds: ['account'], scopes: ['product', 'erp'] });

export const DAILY_EVENTS: readonly EventSchema[] = [
  erp(140, 'erp.daily', {
    ...ROW,
    invoices_open: count(5),
    amount_open: balance(6),
    amount_overdue: balance(7),
    days_overdue: number(8, 0, 36_600),
    orders_12m: count(9),
    order_amount_12m: balance(10),
    credit_limit: amount(11),
    credit_state: oneOf(12, ['good', 'watch', 'hold']),
    products_installed: count(13),
    contract_end: date(14),
    cases_open: count(15),
    returns_12m: count(16),
  }),
  marketing(141, 'marketing.daily', {
    ...ROW,
    spend: amount(5),
    spend_home: amount(6),
    impressions: count(7),
    clicks: count(8),
    leads: count(9),
    responses: count(10),
  }),
  usage(142, 'usage.daily', {
    ...ROW,
    active_users: count(5),
    sessions: count(6),
    actions: count(7),
    seats: count(8),
    seats_used: count(9),
  }),
];
