import type { EventSchema } from '../schema.ts';
import { typesOf } from './define.ts';
import { category, count, date, number, oneOf, required, seconds } from './fields.ts';

const product = typesOf({ kinds: ['account', 'lead', 'contact', 'visitor'], scopes: ['product'] });
const PLAN = { plan: category(1), product: category(2), seats: count(3) };

/** What is done with the product itself, on trial or under a contract. */
export const PRODUCT_EVENTS: readonly EventSchema[] = [
  product(130, 'product.used', {
    feature: required(category(1)),
    product: category(2),
    seconds: seconds(3),
    actions: count(4),
  }),
  product(131, 'product.trial_started', { ...PLAN, days: number(4, 1, 366) }),
  product(132, 'product.trial_ended', { ...PLAN, outcome: oneOf(5, ['bought', 'expired', 'cancelled']) }),
  product(133, 'product.licensed', { ...PLAN, contract_end: date(6) }),
  product(134, 'product.limit_reached', { ...PLAN, limit: category(7) }),
];
