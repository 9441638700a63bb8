import fc from 'fast-check';
import { DAY, HOUR, random } from '../../base/index.ts';
import { CELL_SUBJECT, newestVersion, type FieldValue, type LoggedEvent } from '../../events/index.ts';

/**
 * Random histories in which records of all kinds are linked, merged, moved, converted and erased, in the order of their log. Some
 * subjects are only named: nothing is ever said of them, or what was said is erased.
 */
const START = Date.UTC(2026, 0, 5);

type What = readonly [type: string, subject: string, data: Record<string, FieldValue>];
const of = (kind: string, ...names: string[]) => fc.constantFrom(...names.map((name) => `${kind}_${name}`));
const lead = of('ld', 'a', 'b', 'c', 'd');
const deal = of('op', 'm', 'n');
const contact = of('ct', 'e', 'f');
const visitor = of('vi', 'v', 'w');
const account = of('ac', 'x', 'y', 'z');
const campaign = of('cp', 'k', 'l');
const owner = of('us', 'p', 'q');
/** By kind: those above, and some of whom there are no events. */
const named = {
  lead: of('ld', 'a', 'b', 'c', 'd', 'g', 'h'),
  contact: of('ct', 'e', 'f', 'g', 'h'),
  visitor: of('vi', 'v', 'w', 'g'),
  account: of('ac', 'x', 'y', 'z', 'g'),
  campaign: of('cp', 'k', 'l', 'g'),
  deal: of('op', 'm', 'n', 'g'),
};
const what = (type: string, subject: fc.Arbitrary<string>, data: fc.Arbitrary<object>): fc.Arbitrary<What> =>
  fc.tuple(fc.constant(type), subject, data as fc.Arbitrary<Record<string, FieldValue>>);
const some = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> => fc.record(fields, { requiredKeys: [] });
const territory = fc.constantFrom('north', 'north;south', null);

const anything = fc.oneof(
  what('web.visited', fc.oneof(lead, contact, visitor), fc.record({ page: fc.constantFrom('pricing', 'home', 'docs'), seconds: fc.nat(99) })),
  what('email.clicked', fc.oneof(lead, contact), fc.constant({})),
  what('call.logged', fc.oneof(lead, contact, deal), fc.record({ outcome: fc.constantFrom('connected', 'voicemail'), direction: fc.constantFrom('inbound', 'outbound') })),
  what('meeting.held', fc.oneof(lead, contact, deal), fc.constant({})),
  what('lead.created', lead, some({ owner, account, industry: fc.constantFrom('retail', 'energy'), territory })),
  what('lead.changed', lead, some({ industry: fc.constantFrom('retail', 'media', null), employees: fc.constantFrom(5, 70, null), status: fc.constant('open') })),
  what('lead.changed', lead, some({ owner, account, campaign_id: campaign, territory, no_profiling: fc.boolean() })),
  what('lead.converted', lead, some({ account: named.account, contact: named.contact, opportunity: named.deal })),
  what('lead.closed', lead, fc.constant({})),
  what('lead.reopened', lead, fc.constant({})),
  what('lead.deleted', lead, fc.constant({})),
  what('sla.started', lead, fc.record({ due: fc.nat(900).map((hour) => START + hour * HOUR) })),
  what('sla.met', fc.oneof(lead, deal), fc.record({ seconds: fc.nat(900) })),
  what('task.created', fc.oneof(lead, deal), fc.record({ due: fc.nat(900).map((hour) => START + hour * HOUR) })),
  what('impression.shown', fc.oneof(lead, deal), fc.record({ user: owner, decision: of('d', '1', '2'), position: fc.constant(1), list: fc.constant('l') })),
  what('feedback.given', fc.oneof(lead, deal), fc.record({ user: owner, decision: of('d', '1', '2'), action: fc.constantFrom('dismiss', 'accept', 'done', 'snooze', 'dispute') })),
  what('contact.changed', contact, some({ account, owner })),
  what('contact.role_set', contact, fc.record({ opportunity: named.deal })),
  what('contact.role_removed', contact, fc.record({ opportunity: named.deal })),
  what('opportunity.created', deal, some({ owner, account, contact: named.contact })),
  what('opportunity.changed', deal, some({ owner, account, contact, stage: fc.constantFrom('offer', 'talk', null), campaign_id: campaign, territory })),
  what('opportunity.won', deal, fc.record({ amount: fc.nat(500), amount_home: fc.integer({ min: -50, max: 500 }) })),
  what('opportunity.lost', deal, fc.constant({})),
  what('opportunity.reopened', deal, fc.constant({})),
  what('account.changed', account, fc.record({ industry: fc.constantFrom('retail', 'media') })),
  what('campaign.changed', campaign, fc.record({ type: fc.constantFrom('webinar', 'fair') })),
  what('erp.daily', account, fc.record({ day: fc.nat(30), amount_overdue: fc.nat(99) }).map(({ day, amount_overdue }) => ({ day: START + day * DAY, available: START + day * DAY + 6 * HOUR, amount_overdue }))),
  what('user.changed', of('us', 'p', 'q', 'r'), some({ manager: fc.constantFrom('us_boss', 'us_chief', null), active: fc.boolean(), territories: territory, queue: fc.boolean() })),
  what('link.lead', lead, some({ account: named.account, contact: named.contact })),
  what('campaign.member_added', fc.oneof(lead, contact), fc.record({ campaign_id: campaign })),
  what('campaign.member_removed', fc.oneof(lead, contact), fc.record({ campaign_id: campaign })),
  what('control.model.promoted', fc.constant(CELL_SUBJECT), fc.record({ bundle: fc.constantFrom('b', 'c', 'd'), target: fc.constantFrom('lead', 'opportunity') })),
  what('control.rules.applied', fc.constant(CELL_SUBJECT), fc.record({ rules: fc.constantFrom('r1', 'r2') })),
);

/** What says who is one, and who is forgotten. */
const joining = fc.oneof(
  what('web.visited', visitor, fc.record({ page: fc.constantFrom('pricing', 'home', 'docs'), seconds: fc.nat(99) })),
  what('link.visitor', visitor, fc.oneof(fc.record({ lead: named.lead }), fc.record({ contact: named.contact }))),
  what('link.visitor', visitor, fc.record({ lead: named.lead })),
  what('link.removed', visitor, some({ lead: named.lead })),
  what('record.merged', lead, fc.record({ loser: named.lead })),
  what('record.merged', contact, fc.record({ loser: named.contact })),
  what('record.merged', account, fc.record({ loser: named.account })),
  what('record.merged', campaign, fc.record({ loser: named.campaign })),
  what('control.subject.erased', fc.constant(CELL_SUBJECT), fc.record({ subject: fc.oneof(...Object.values(named), of('us', 'p', 'q', 'boss')), receipt: fc.constant('r') })),
);

const happenings = fc.oneof({ weight: 2, arbitrary: anything }, { weight: 1, arbitrary: joining });

const born: What[] = [
  ...['p', 'q', 'r', 's', 't', 'u'].map((id): What => ['user.changed', `us_${id}`, { manager: 'us_boss' }]),
  ...['a', 'b', 'c'].map((id, i): What => ['lead.created', `ld_${id}`, { owner: 'us_p', account: i === 2 ? 'ac_y' : 'ac_x' }]),
  ['opportunity.created', 'op_m', { owner: 'us_q', account: 'ac_x', stage: 'none' }],
  ['contact.created', 'ct_e', { owner: 'us_p', account: 'ac_x' }],
];

/** Events in the order of the log: some late, some delivered twice, a year or a month of them, with or without those of the erased. */
export const worlds = fc.record({
  entries: fc.array(fc.tuple(happenings, fc.nat(399)), { maxLength: 90, size: 'max' }),
  seed: fc.nat(),
  days: fc.constantFrom(30, 400),
  again: fc.array(fc.nat(90), { maxLength: 5 }),
  erased: fc.constantFrom('kept', 'gone'),
}).map(({ entries, seed, days, again, erased }): LoggedEvent[] => {
  const dice = random(seed);
  const told = [...born.map((one): [What, number] => [one, 0]), ...entries];
  const events = told.map(([[type, subject, data], share], n) => {
    const time = START + Math.floor((share * days * DAY) / 400);
    const knownAt = time + (dice.below(4) === 0 ? dice.below(6 * DAY) : 0);
    return { id: `e${n}`, source: 'test', type, version: newestVersion(type), subject, time, data, knownAt } as unknown as LoggedEvent;
  });
  const arrived = events.toSorted((a, b) => a.knownAt - b.knownAt);
  const twice = arrived.flatMap((event, i) => (again.includes(i) ? [event, event] : [event]));
  const shifted = seed % 3 === 0 ? [...twice.slice(5), ...twice.slice(0, 5)] : twice;
  const imported = seed % 2 === 0;
  const logged = shifted.map((event, offset) => Object.assign({}, event, { offset, received: imported ? START + days * DAY : event.knownAt }));
  return erased === 'kept' ? logged : withoutErased(logged);
});

/** What a log holds after it erased them: nothing of what was said of a subject before. */
function withoutErased(events: readonly LoggedEvent[]): LoggedEvent[] {
  const until = new Map(events.flatMap(({ type, data, offset }) => (type === 'control.subject.erased' ? [[data['subject'] as string, offset] as const] : [])));
  return events.filter(({ subject, offset }) => offset > (until.get(subject) ?? -1));
}
