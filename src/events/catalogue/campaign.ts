import type { EventSchema, Fields } from '../schema.ts';
import { typesOf } from './define.ts';
import { amount, boolean, category, date, dropped, employee, reference, required } from './fields.ts';
import { currency } from './money.ts';
import { OWN } from './own.ts';

const CAMPAIGN: Fields = {
  owner: employee(1),
  parent: reference(2, 'campaign'),
  type: category(3),
  status: category(4),
  budget: amount(5),
  currency: currency(6),
  start: date(7),
  end: date(8),
  active: boolean(9),
  product: category(10),
  region: category(11),
  name: dropped(12),
  description: dropped(13),
  ...OWN,
};

const campaign = typesOf({ kinds: ['campaign'], scopes: ['crm', 'marketing'] });
const member = typesOf({ kinds: ['lead', 'contact', 'visitor', 'account'], scopes: ['crm', 'marketing'] });
const MEMBER: Fields = { campaign_id: required(reference(1, 'campaign')), status: category(2) };

export const CAMPAIGN_EVENTS: readonly EventSchema[] = [
  campaign(100, 'campaign.created', CAMPAIGN),
  campaign(101, 'campaign.changed', CAMPAIGN),
  campaign(102, 'campaign.deleted'),
  /** Of the member: what it does in a campaign is its own history. */
  member(103, 'campaign.member_added', MEMBER),
  member(104, 'campaign.responded', MEMBER),
  member(105, 'campaign.member_removed', MEMBER),
];
