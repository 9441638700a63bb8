import type { EventData, EventSchema, Fields } from '../schema.ts';
import { typesOf } from './define.ts';
import { boolean, category, coarsened, dropped, employee, number, reference, required, territories } from './fields.ts';
import { OWN } from './own.ts';

/** As the first release had them. */
const FIRST: Fields = {
  owner: employee(1),
  lead_source: category(2),
  industry: category(3),
  country: category(4),
  region: category(5),
  rating: category(6),
  campaign: category(7),
  employees: number(8, 0, 10_000_000),
  annual_revenue: number(9, 0, 1e13),
  title: coarsened(10, 'seniority'),
  email: coarsened(11, 'email_domain_class'),
  first_name: dropped(12),
  last_name: dropped(13),
  company: dropped(14),
  phone: dropped(15),
  street: dropped(16),
};

const LEAD: Fields = {
  ...FIRST,
  account: reference(19, 'account'),
  campaign_id: reference(20, 'campaign'),
  record_type: category(21),
  product_interest: category(22),
  time_zone: category(23),
  opted_out: boolean(24),
  website: dropped(25),
  description: dropped(26),
  territory: territories(27),
  /** The person has objected to profiling: nothing is scored from then on. */
  no_profiling: boolean(28),
  do_not_call: boolean(29),
  ...OWN,
};

const { employees: headcount, ...FIRST_REST } = FIRST;
const CREATED_V1: Fields = {
  ...FIRST_REST,
  owner: required(FIRST.owner!),
  company_size: { ...headcount!, tag: 18 },
};

function createdV1ToV2({ company_size: employees, ...rest }: EventData): EventData {
  return employees === undefined ? rest : { ...rest, employees };
}

const lead = typesOf({ kinds: ['lead'], scopes: ['crm'] });

export const LEAD_EVENTS: readonly EventSchema[] = [
  {
    name: 'lead.created',
    code: 1,
    kinds: ['lead'],
    scopes: ['crm'],
    versions: [
      { fields: CREATED_V1, upcast: createdV1ToV2 },
      { fields: LEAD },
    ],
  },
  lead(2, 'lead.changed', { ...LEAD, status: category(17) }),
  lead(3, 'lead.converted', {
    account: reference(1, 'account'),
    contact: reference(2, 'contact'),
    opportunity: reference(3, 'opportunity'),
  }),
  lead(4, 'lead.closed', { reason: category(1) }),
  lead(5, 'lead.deleted'),
  lead(6, 'lead.qualified', { stage: category(1) }),
  lead(7, 'lead.reopened'),
];
