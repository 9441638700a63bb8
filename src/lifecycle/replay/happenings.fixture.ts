import fc from 'fast-check';
import { DAY, HOUR } from '../../base/index.ts';
import type { FieldValue } from '../../events/index.ts';

/** What happens in the random histories in which a replay is tested: what it is, to whom, and what it says. */
export const START = Date.UTC(2026, 0, 5);
/** How long it goes on. */
export const HOURS = 39 * 24;

export type What = readonly [string, string, Record<string, FieldValue>];
const of = (kind: string, ...names: string[]) => fc.constantFrom(...names.map((name) => `${kind}_${name}`));
const lead = of('ld', 'a', 'b', 'c', 'd');
const deal = of('op', 'm', 'n');
const contact = of('ct', 'e', 'f');
const visitor = of('vi', 'v', 'w', 'u');
/** With those that are named only, or do nothing that any feature hears. */
const anyLead = of('ld', 'a', 'b', 'd', 'quiet', 'named', 'unseen');
const anyContact = of('ct', 'e', 'f', 'quiet', 'named', 'unseen');
const account = of('ac', 'x', 'y');
const anyAccount = of('ac', 'x', 'y', 'named', 'unseen');
const owner = of('us', 'p', 'q');
const what = (type: string, subject: fc.Arbitrary<string>, data: fc.Arbitrary<object>): fc.Arbitrary<What> =>
  fc.tuple(fc.constant(type), subject, data as fc.Arbitrary<Record<string, FieldValue>>);
const some = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> => fc.record(fields, { requiredKeys: [] });

const doings = fc.oneof(
  what('web.visited', fc.oneof(lead, contact, visitor), fc.record({ page: fc.constantFrom('pricing', 'home'), seconds: fc.nat(99) })),
  what('email.clicked', fc.oneof(lead, contact), fc.constant({})),
  what('call.logged', fc.oneof(lead, contact, deal), fc.constant({ outcome: 'connected' })),
  what('lead.changed', lead, some({ industry: fc.constantFrom('retail', 'energy', null), employees: fc.constantFrom(5, 70, null), status: fc.constant('open') })),
  what('lead.changed', lead, some({ owner, account, campaign_id: of('cp', 'k', 'l') })),
  what('lead.converted', lead, some({ account, contact, opportunity: deal })),
  what('lead.closed', lead, fc.constant({})),
  what('lead.reopened', lead, fc.constant({})),
  what('impression.shown', fc.oneof(lead, deal), fc.record({ user: owner, decision: of('d', '1', '2', '3'), position: fc.constant(1), list: fc.constant('l') })),
  what('contact.changed', contact, some({ account, owner })),
  what('contact.role_set', contact, fc.record({ opportunity: deal })),
  what('opportunity.changed', deal, some({ owner, account, contact, stage: fc.constantFrom('offer', 'talk', null), campaign_id: of('cp', 'k', 'l') })),
  what('opportunity.won', deal, fc.record({ amount: fc.nat(500) })),
  what('opportunity.lost', deal, fc.constant({})),
  what('opportunity.reopened', deal, fc.constant({})),
  what('account.changed', account, fc.record({ industry: fc.constantFrom('retail', 'media') })),
  what('erp.daily', account, fc.record({ day: fc.nat(30), amount_overdue: fc.nat(99) }).map(({ day, amount_overdue }) => ({ day: START + day * DAY, available: START + day * DAY + 6 * HOUR, amount_overdue }))),
  what('user.changed', of('us', 'p', 'q', 'r', 'boss'), some({ manager: fc.constantFrom('us_boss', 'us_chief', 'us_top', null), active: fc.boolean() })),
  what('contact.role_removed', contact, fc.record({ opportunity: deal })),
  what('campaign.member_added', fc.oneof(lead, contact), fc.record({ campaign_id: of('cp', 'k', 'l') })),
  what('campaign.member_removed', fc.oneof(lead, contact), fc.record({ campaign_id: of('cp', 'k', 'l') })),
  what('link.lead', lead, fc.record({ account })),
);

/** Who is whom: also those that do nothing themselves, before they do anything, and one after the other. */
const joins = fc.oneof(
  what('link.visitor', visitor, fc.oneof(fc.record({ lead: anyLead }), fc.record({ contact: anyContact }), fc.record({ lead: anyLead, contact: anyContact }))),
  what('link.removed', visitor, some({ lead: anyLead, contact: anyContact })),
  what('record.merged', anyLead, fc.record({ loser: anyLead })),
  what('record.merged', anyContact, fc.record({ loser: anyContact })),
  what('record.merged', anyAccount, fc.record({ loser: anyAccount })),
);

/** What those do who are named by others, some of it nothing that any feature hears. */
const beforehand = fc.oneof(
  { weight: 4, arbitrary: what('web.visited', visitor, fc.constant({ page: 'home', seconds: 5 })) },
  what('meeting.held', fc.oneof(of('ld', 'quiet'), of('ct', 'quiet')), fc.constant({})),
  what('lead.created', of('ld', 'd', 'quiet'), some({ owner, account })),
  what('contact.created', of('ct', 'quiet'), some({ account })),
);

/** What may happen, with those that are named by others only. */
export const happenings = fc.oneof({ weight: 7, arbitrary: doings }, { weight: 2, arbitrary: joins }, { weight: 1, arbitrary: beforehand });

/**
 * By hour: a visitor of one that is merged into another, and so on, the last of them into one that is known. Those in between are
 * named by others only, or do nothing that any feature hears.
 */
export const chains = fc.tuple(of('chain', '1', '2', '3'), fc.oneof(lead, contact), fc.integer({ min: 1, max: 3 }), fc.array(fc.nat(HOURS), { minLength: 7, maxLength: 7 }))
  .map(([name, last, length, hours]): [What, number][] => {
    const kind = last.slice(0, 2);
    const ids = Array.from({ length }, (_, i) => `${kind}_${name}_${i}`);
    const visit: What = ['web.visited', `vi_${name}`, { page: 'home', seconds: 5 }];
    const link: What = ['link.visitor', `vi_${name}`, { [kind === 'ld' ? 'lead' : 'contact']: ids[0]! }];
    const merges = ids.map((loser, i): What => ['record.merged', ids[i + 1] ?? last, { loser }]);
    const unheard: What = ['meeting.held', ids[0]!, {}];
    return [visit, visit, link, ...merges, ...(length === 2 ? [unheard] : [])].map((one, i) => [one, hours[i]!]);
  });

/** What all begins with. */
export const born: What[] = [
  ...['a', 'b', 'c'].map((id, i): What => ['lead.created', `ld_${id}`, { owner: 'us_p', account: i === 2 ? 'ac_y' : 'ac_x' }]),
  ['opportunity.created', 'op_m', { owner: 'us_q', account: 'ac_x', stage: 'none' }],
  ['opportunity.created', 'op_n', { owner: 'us_p', account: 'ac_y', contact: 'ct_e' }],
  ['contact.created', 'ct_e', { owner: 'us_p', account: 'ac_x' }],
  ...['p', 'q', 'r', 's', 't', 'u'].map((id): What => ['user.changed', `us_${id}`, { manager: 'us_boss' }]),
  ['user.changed', 'us_boss', { manager: 'us_top' }],
];
