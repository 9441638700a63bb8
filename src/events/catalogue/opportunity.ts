import type { EventSchema, Fields } from '../schema.ts';
import { typesOf } from './define.ts';
import { boolean, category, date, dropped, employee, number, reference, territories } from './fields.ts';
import { money } from './money.ts';
import { OWN } from './own.ts';

const AMOUNT = money({ amount: 7, currency: 8, home: 9, conversion: 10 });

const OPPORTUNITY: Fields = {
  owner: employee(1),
  account: reference(2, 'account'),
  contact: reference(3, 'contact'),
  lead: reference(4, 'lead'),
  campaign_id: reference(5, 'campaign'),
  stage: category(6),
  ...AMOUNT,
  close_date: date(11),
  probability: number(12, 0, 100),
  /** The place of the stage in the client's own order, from 0: it tells a step back from a step on. */
  stage_order: number(13, 0, 1_000),
  type: category(14),
  forecast: category(15),
  lead_source: category(16),
  record_type: category(17),
  /** Whether a next step is written down; what it says stays outside. */
  next_step_set: boolean(18),
  line_items: number(19, 0, 100_000),
  product: category(20),
  name: dropped(21),
  next_step: dropped(22),
  description: dropped(23),
  territory: territories(24),
  ...OWN,
};

const opportunity = typesOf({ kinds: ['opportunity'], scopes: ['crm'] });

export const OPPORTUNITY_EVENTS: readonly EventSchema[] = [
  opportunity(70, 'opportunity.created', OPPORTUNITY),
  opportunity(71, 'opportunity.changed', OPPORTUNITY),
  opportunity(72, 'opportunity.won', { ...AMOUNT, contract_end: date(1) }),
  opportunity(73, 'opportunity.lost', { ...AMOUNT, reason: category(1), competitor: category(2) }),
  opportunity(74, 'opportunity.deleted'),
  opportunity(75, 'opportunity.reopened', { stage: category(1) }),
];
