import type { CoarsenerName } from './coarsen.ts';
import {
  defineCatalogue,
  MAX_CATEGORY,
  MAX_STRING,
  type EventData,
  type EventSchema,
  type Fields,
  type FieldSchema,
} from './schema.ts';

/**
 * An open category of the client's own picklists. Free text is not a category: what reads like an address is
 * withheld.
 */
const category = (tag: number): FieldSchema => ({ tag, type: 'category', privacy: 'plain', maxLength: MAX_CATEGORY });
const oneOf = (tag: number, values: readonly string[]): FieldSchema => ({ ...category(tag), values });
const number = (tag: number, min: number, max: number): FieldSchema => ({
  tag,
  type: 'number',
  privacy: 'plain',
  min,
  max,
});
/** An id of our own making, never free text. */
const id = (tag: number): FieldSchema => ({ tag, type: 'string', privacy: 'plain', maxLength: MAX_STRING });
const employee = (tag: number): FieldSchema => ({ tag, type: 'string', privacy: 'employee', maxLength: MAX_STRING });
const dropped = (tag: number): FieldSchema => ({ tag, type: 'string', privacy: 'drop' });
const coarsened = (tag: number, coarsener: CoarsenerName): FieldSchema => ({
  tag,
  type: 'string',
  privacy: 'coarsen',
  coarsener,
  maxLength: 320,
});
const required = (field: FieldSchema): FieldSchema => ({ ...field, required: true });

const LEAD: Fields = {
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

const CREATED_V2: Fields = { ...LEAD, owner: required(LEAD.owner!) };
const { employees: headcount, ...CREATED_V2_REST } = CREATED_V2;
const CREATED_V1: Fields = { ...CREATED_V2_REST, company_size: { ...headcount!, tag: 18 } };

function createdV1ToV2({ company_size: employees, ...rest }: EventData): EventData {
  return employees === undefined ? rest : { ...rest, employees };
}

const PAGES = ['pricing', 'product', 'docs', 'blog', 'careers', 'home', 'case_study', 'webinar', 'contact', 'other'];
const SECONDS_A_DAY = 86_400;

const lead = (code: number, name: string, scopes: EventSchema['scopes'], fields: Fields = {}): EventSchema => ({
  name,
  code,
  kind: 'lead',
  scopes,
  versions: [{ fields }],
});

/** Every event type that leadrank knows. Codes and tags are for ever; a changed meaning is a new version. */
export const catalogue = defineCatalogue([
  {
    name: 'lead.created',
    code: 1,
    kind: 'lead',
    scopes: ['crm'],
    versions: [{ fields: CREATED_V1, upcast: createdV1ToV2 }, { fields: CREATED_V2 }],
  },
  lead(2, 'lead.changed', ['crm'], { ...LEAD, status: category(17) }),
  lead(3, 'lead.converted', ['crm']),
  lead(4, 'lead.closed', ['crm'], { reason: category(1) }),
  lead(5, 'lead.deleted', ['crm']),
  lead(10, 'web.visited', ['web'], {
    page: required({ ...oneOf(1, PAGES), otherwise: 'other' }), // a path may hold a name or an address
    seconds: number(2, 0, SECONDS_A_DAY),
  }),
  lead(11, 'web.form_submitted', ['web'], { form: required(category(1)) }),
  lead(20, 'email.sent', ['email'], { template: category(1) }),
  lead(21, 'email.opened', ['email'], { template: category(1) }),
  lead(22, 'email.clicked', ['email'], { template: category(1) }),
  lead(23, 'email.replied', ['email'], { template: category(1) }),
  lead(24, 'email.bounced', ['email'], { template: category(1) }),
  lead(30, 'call.logged', ['telephony', 'crm'], {
    outcome: required(oneOf(1, ['connected', 'voicemail', 'no_answer'])),
    seconds: number(2, 0, SECONDS_A_DAY),
  }),
  lead(31, 'meeting.booked', ['crm', 'telephony']),
  lead(32, 'meeting.held', ['crm', 'telephony']),
  {
    name: 'user.changed',
    code: 40,
    kind: 'user',
    scopes: ['crm'],
    versions: [{ fields: { manager: employee(1), active: { tag: 2, type: 'boolean', privacy: 'plain' } } }],
  },
  lead(50, 'impression.shown', ['service'], {
    user: required(employee(1)),
    decision: required(id(2)),
    position: required(number(3, 1, 1_000_000)),
    list: required(id(4)),
  }),
  lead(51, 'feedback.given', ['feedback', 'service'], {
    user: required(employee(1)),
    decision: required(id(2)),
    action: required(oneOf(3, ['accept', 'done', 'dismiss', 'snooze', 'dispute'])),
    reason: category(4),
    until: { tag: 5, type: 'time', privacy: 'plain' },
  }),
  {
    name: 'control.model.promoted',
    code: 60,
    kind: 'cell',
    scopes: ['service'],
    versions: [{ fields: { bundle: required(id(1)), previous: id(2) } }],
  },
  {
    name: 'control.subject.erased',
    code: 61,
    kind: 'cell',
    scopes: ['service'],
    versions: [{ fields: { receipt: required(id(1)), subject: required(id(2)) } }],
  },
]);
