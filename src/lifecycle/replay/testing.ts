import fc from 'fast-check';
import { DAY, HOUR, random } from '../../base/index.ts';
import type { FieldValue, LoggedEvent, SubjectId } from '../../events/index.ts';
import { openMemoryState, type Entity, type FeatureKind, type FeatureSpec } from '../../features/index.ts';
import { memoryLog, type Log } from '../../log/index.ts';
import type { SampleTable } from './sample-table.ts';

/** Random histories in which records are linked, merged and moved, for tests of the replay. */
export const START = Date.UTC(2026, 0, 5);
export const END = START + 40 * DAY;

const spec = (name: string, kind: FeatureKind, source = 'salesforce', entity: Entity = 'lead'): FeatureSpec =>
  ({ name, entity, kind, theme: 't', sentence: 's', source, owner: 'o', privacy: 'plain' });
const visits = { op: 'count', event: ['web.visited'], window: 7 * DAY } satisfies FeatureKind;
const around = (entity: Entity, count: 'others' | 'all'): FeatureSpec[] => [
  spec('account_visits', { op: 'cross', entity: 'account', count, kind: visits }, 'web', entity),
  spec('account_won', { op: 'cross', entity: 'account', kind: { op: 'sum', event: ['opportunity.won'], field: 'amount', window: 90 * DAY } }, 'salesforce', entity),
  spec('account_interest', { op: 'cross', entity: 'account', count: 'others', kind: { op: 'decayed', event: ['web.visited', 'email.clicked'], halfLife: 3 * DAY } }, 'web', entity),
  spec('account_deals', { op: 'cross', entity: 'account', count: 'others', kind: { op: 'standing', event: ['opportunity.created', 'opportunity.reopened'], less: ['opportunity.won', 'opportunity.lost'] } }, 'salesforce', entity),
  spec('overdue', { op: 'cross', entity: 'account', kind: { op: 'daily', event: ['erp.daily'], field: 'amount_overdue', type: 'numeric', read: 'value' } }, 'erp', entity),
  spec('account_industry', { op: 'cross', entity: 'account', kind: { op: 'latest', event: ['account.created', 'account.changed'], field: 'industry', type: 'categorical' } }, 'salesforce', entity),
  spec('team_new', { op: 'cross', entity: 'owner', kind: { op: 'count', event: ['lead.created'], window: 7 * DAY } }, 'salesforce', entity),
  spec('team_calls', { op: 'cross', entity: 'owner', kind: { op: 'count', event: ['call.logged'], window: 7 * DAY } }, 'salesforce', entity),
  spec('campaign_visits', { op: 'cross', entity: 'campaign', kind: visits }, 'web', entity),
];

export const FEATURES: readonly FeatureSpec[] = [
  spec('industry', { op: 'latest', event: ['lead.created', 'lead.changed'], field: 'industry', type: 'categorical' }),
  spec('status', { op: 'first', event: ['lead.created', 'lead.changed'], field: 'status', type: 'categorical' }),
  spec('employees', { op: 'latest', event: ['lead.created', 'lead.changed'], field: 'employees', type: 'numeric' }),
  spec('visits', visits, 'web'),
  spec('pricing', { op: 'count', event: ['web.visited'], window: 7 * DAY, where: { field: 'page', in: ['pricing'] } }, 'web'),
  spec('interest', { op: 'decayed', event: ['web.visited', 'email.clicked'], halfLife: 3 * DAY }, 'web'),
  spec('last', { op: 'sequence', event: ['web.visited', 'call.logged'], place: 0 }, 'telephony'),
  ...around('lead', 'others'),
];

export const DEAL_FEATURES: readonly FeatureSpec[] = [
  spec('stage', { op: 'latest', event: ['opportunity.created', 'opportunity.changed'], field: 'stage', type: 'categorical' }, 'salesforce', 'opportunity'),
  spec('calls', { op: 'count', event: ['call.logged'], window: 7 * DAY }, 'telephony', 'opportunity'),
  spec('buyer_visits', visits, 'web', 'opportunity'),
  spec('buyer_interest', { op: 'decayed', event: ['web.visited', 'email.clicked'], halfLife: 3 * DAY }, 'web', 'opportunity'),
  spec('buyer_silence', { op: 'cross', entity: 'contact', kind: { op: 'since', event: ['web.visited'] } }, 'web', 'opportunity'),
  ...around('opportunity', 'all'),
];

type What = readonly [string, string, Record<string, FieldValue>];
const of = (kind: string, ...names: string[]) => fc.constantFrom(...names.map((name) => `${kind}_${name}`));
const lead = of('ld', 'a', 'b', 'c');
const deal = of('op', 'm', 'n');
const contact = of('ct', 'e', 'f');
const account = of('ac', 'x', 'y');
const owner = of('us', 'p', 'q');
const what = (type: string, subject: fc.Arbitrary<string>, data: fc.Arbitrary<object>): fc.Arbitrary<What> =>
  fc.tuple(fc.constant(type), subject, data as fc.Arbitrary<Record<string, FieldValue>>);
const some = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> => fc.record(fields, { requiredKeys: [] });

const happenings = fc.oneof(
  what('web.visited', fc.oneof(lead, contact, of('vi', 'v', 'w')), fc.record({ page: fc.constantFrom('pricing', 'home'), seconds: fc.nat(99) })),
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
  what('link.visitor', of('vi', 'v', 'w'), fc.oneof(fc.record({ lead }), fc.record({ contact }))),
  what('link.removed', of('vi', 'v', 'w'), some({ lead })),
  what('contact.role_removed', contact, fc.record({ opportunity: deal })),
  what('campaign.member_added', fc.oneof(lead, contact), fc.record({ campaign_id: of('cp', 'k', 'l') })),
  what('campaign.member_removed', fc.oneof(lead, contact), fc.record({ campaign_id: of('cp', 'k', 'l') })),
  what('link.lead', lead, fc.record({ account })),
  what('record.merged', lead, fc.record({ loser: lead })),
  what('record.merged', account, fc.record({ loser: account })),
  what('record.merged', contact, fc.record({ loser: contact })),
);
const born: What[] = [
  ...['a', 'b', 'c'].map((id, i): What => ['lead.created', `ld_${id}`, { owner: 'us_p', account: i === 2 ? 'ac_y' : 'ac_x' }]),
  ['opportunity.created', 'op_m', { owner: 'us_q', account: 'ac_x', stage: 'none' }],
  ['opportunity.created', 'op_n', { owner: 'us_p', account: 'ac_y', contact: 'ct_e' }],
  ['contact.created', 'ct_e', { owner: 'us_p', account: 'ac_x' }],
  ...['p', 'q', 'r', 's', 't', 'u'].map((id): What => ['user.changed', `us_${id}`, { manager: 'us_boss' }]),
  ['user.changed', 'us_boss', { manager: 'us_top' }],
];

/** Histories in the order of the log: what became known when, some of it delivered twice. */
export const worlds = fc.tuple(fc.array(fc.tuple(happenings, fc.nat(39 * 24)), { maxLength: 60 }), fc.nat(), fc.array(fc.nat(60), { maxLength: 4 }))
  .map(([entries, seed, repeated]): LoggedEvent[] => {
    const dice = random(seed);
    const parts = [...born.map((one, i): [What, number] => [one, i]), ...entries];
    const events = parts.map(([[type, subject, data], hour], n) => {
      const time = START + hour * HOUR;
      const version = type === 'lead.created' ? 2 : 1;
      return { id: `e${n}`, source: 'test', type, version, subject, time, data, knownAt: time + (dice.below(3) === 0 ? dice.below(2 * DAY) : 0) } as unknown as LoggedEvent;
    });
    const arrived = events.toSorted((a, b) => a.knownAt - b.knownAt);
    const twice = arrived.flatMap((event, i) => (repeated.includes(i) ? [event, event] : [event]));
    const late = seed % 3 === 0 ? [...twice.slice(5), ...twice.slice(0, 5)] : twice; // a history that is imported late
    return late.map((event, offset) => Object.assign({}, event, { offset, received: START + 30 * DAY }));
  });

export async function logOf(events: readonly LoggedEvent[]): Promise<Log> {
  const known = new Map(events.map((event) => [event.id, event.knownAt]));
  const log = memoryLog({ clock: () => START + 30 * DAY });
  await log.append(events, { knownAt: ({ id }) => known.get(id)! });
  return log;
}

/** The samples as plain rows. */
export function rowsOf({ count, names, subjects, times, reasons, labels, columns, offsets }: SampleTable) {
  return Array.from({ length: count }, (_, row) => ({
    subject: names[subjects[row]!]!,
    time: times[row]!,
    reason: reasons[row]!,
    offset: offsets[row]!,
    label: labels[row]!,
    values: columns.map(({ values, words }) => (Number.isNaN(values[row]!) ? null : words === undefined ? values[row]! : (words.get(values[row]!) ?? null))),
  }));
}

/**
 * What the live state shows of a record at a time, when it has folded just what was known before it, and of what became known right then
 * what lies before an offset. Asked in the order of these.
 */
export function liveOf(features: readonly FeatureSpec[], events: readonly LoggedEvent[]): (subject: string, time: number, before: number) => unknown {
  const state = openMemoryState({ features });
  const coming = events.toSorted((a, b) => a.knownAt - b.knownAt || a.offset - b.offset);
  let next = 0;
  return (subject, time, before) => {
    const from = next;
    while (next < coming.length && (coming[next]!.knownAt < time || (coming[next]!.knownAt === time && coming[next]!.offset < before))) next++;
    state.fold(coming.slice(from, next).map((event, at) => Object.assign({}, event, { offset: from + at })));
    return state.record(subject as SubjectId)?.vector(time).map((value) => (typeof value === 'number' ? Math.fround(value) : value));
  };
}
