import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, random } from '../base/index.ts';
import type { FieldValue, LoggedEvent, SubjectId } from '../events/index.ts';
import { logged, START } from './conformance.ts';
import { digest } from './digest.ts';
import { FEWEST_REPS } from './reading.ts';
import { LATENESS } from './lateness.ts';
import { openMemoryState } from './memory/state.ts';
import type { Entity, FeatureKind, FeatureSpec, OwnKind } from './spec.ts';
import type { State } from './state.ts';

const spec = (name: string, entity: Entity, kind: FeatureKind): FeatureSpec =>
  ({ name, entity, kind, theme: 't', sentence: 's', source: 'salesforce', owner: 'o', privacy: 'plain' });
const visits: OwnKind = { op: 'count', event: ['web.visited'], window: 7 * DAY };
const wins: OwnKind = { op: 'sum', event: ['opportunity.won'], field: 'amount', window: 90 * DAY };

/** A kind of each sort on each entity, and every link. */
const FEATURES: FeatureSpec[] = [
  spec('industry', 'lead', { op: 'latest', event: ['lead.created', 'lead.changed'], field: 'industry', type: 'categorical' }),
  spec('source', 'lead', { op: 'first', event: ['lead.created', 'lead.changed'], field: 'lead_source', type: 'categorical' }),
  spec('visits', 'lead', visits),
  spec('interest', 'lead', { op: 'decayed', event: ['web.visited', 'email.clicked'], halfLife: 3 * DAY }),
  spec('last', 'lead', { op: 'sequence', event: ['web.visited', 'call.logged'], place: 0 }),
  spec('seconds', 'lead', { op: 'mean', event: ['web.visited'], field: 'seconds', window: 30 * DAY }),
  spec('account_visits', 'lead', { op: 'cross', entity: 'account', kind: visits, count: 'others' }),
  spec('account_interest', 'lead', { op: 'cross', entity: 'account', kind: { op: 'decayed', event: ['web.visited', 'email.clicked'], halfLife: 3 * DAY } }),
  spec('account_won', 'lead', { op: 'cross', entity: 'account', kind: wins }),
  spec('overdue', 'lead', { op: 'cross', entity: 'account', kind: { op: 'daily', event: ['erp.daily'], field: 'amount_overdue', type: 'numeric', read: 'value' } }),
  spec('team_new', 'lead', { op: 'cross', entity: 'owner', kind: { op: 'count', event: ['lead.created'], window: 7 * DAY } }),
  spec('stage', 'opportunity', { op: 'latest', event: ['opportunity.created', 'opportunity.changed'], field: 'stage', type: 'categorical' }),
  spec('buyers', 'opportunity', visits),
  spec('opp_account_visits', 'opportunity', { op: 'cross', entity: 'account', kind: visits }),
  spec('contact_visits', 'contact', visits),
  spec('campaign_visits', 'lead', { op: 'cross', entity: 'campaign', kind: visits }),
  spec('opp_campaign_visits', 'opportunity', { op: 'cross', entity: 'campaign', kind: visits }),
];

const of = (of_: string, ...names: string[]) => fc.constantFrom(...names.map((name) => `${of_}_${name}`));
const lead = of('ld', 'a', 'b', 'c');
const account = of('ac', 'x', 'y');
const user = of('us', 'p', 'q');
const opportunity = of('op', 'm', 'n');
type What = [string, string, Record<string, FieldValue>];
const what = (type: string, subject: fc.Arbitrary<string>, data: fc.Arbitrary<object>): fc.Arbitrary<What> =>
  fc.tuple(fc.constant(type), subject, data as fc.Arbitrary<Record<string, FieldValue>>);

const activity = [
  what('web.visited', fc.oneof(lead, of('ct', 'j', 'k'), of('vi', 'v', 'w')), fc.record({ page: fc.constantFrom('pricing', 'home'), seconds: fc.nat(99) })),
  what('email.clicked', fc.oneof(lead, of('ct', 'j')), fc.constant({})),
  what('call.logged', fc.oneof(lead, opportunity), fc.constant({ outcome: 'connected' })),
  what('opportunity.changed', opportunity, fc.record({ stage: fc.constantFrom('one', 'two') })),
  what('opportunity.won', opportunity, fc.record({ amount: fc.nat(500) })),
  what('lead.changed', lead, fc.record({ industry: fc.constantFrom('retail', 'energy', null), lead_source: fc.constantFrom('Web', 'Fair') }, { requiredKeys: [] })),
  what('erp.daily', account, fc.record({ day: fc.nat(9), hours: fc.nat(40), amount_overdue: fc.nat(99) }).map(({ day, hours, amount_overdue }) =>
    ({ day: START + day * DAY, available: START + day * DAY + hours * HOUR, amount_overdue }))),
];
const campaign = fc.record({ campaign_id: of('cp', 'f', 'g', 'h') });
const role = fc.record({ opportunity });
const relinks = [
  what('campaign.member_added', fc.oneof(lead, of('ct', 'j', 'k')), campaign),
  what('campaign.member_removed', fc.oneof(lead, of('ct', 'j', 'k')), campaign),
  what('contact.role_set', of('ct', 'j', 'k'), role),
  what('contact.role_removed', of('ct', 'j', 'k'), role),
  what('opportunity.changed', opportunity, campaign),
  what('lead.changed', lead, fc.record({ owner: user, account }, { requiredKeys: [] })),
  what('opportunity.changed', opportunity, fc.record({ account })),
  what('user.changed', user, fc.record({ manager: of('us', 'boss', 'chief') })),
];
const born: What[] = [
  ...['a', 'b', 'c'].map((id, i): What => ['lead.created', `ld_${id}`, { owner: 'us_p', account: i === 2 ? 'ac_y' : 'ac_x' }]),
  ...['m', 'n'].map((id): What => ['opportunity.created', `op_${id}`, { owner: 'us_q', account: 'ac_x', stage: 'none' }]),
  ['contact.created', 'ct_j', { account: 'ac_y' }],
  ['contact.role_set', 'ct_j', { opportunity: 'op_m' }],
  ['link.visitor', 'vi_v', { lead: 'ld_a' }],
  ['link.visitor', 'vi_w', { contact: 'ct_j' }],
  ...['p', 'q', 'r', 's', 't'].map((id): What => ['user.changed', `us_${id}`, { manager: 'us_boss' }]),
];

const worldOf = (happenings: readonly fc.Arbitrary<What>[]): fc.Arbitrary<LoggedEvent[]> =>
  fc.array(fc.tuple(fc.oneof(...happenings), fc.nat(11 * 24)), { maxLength: 50 }).map((entries) =>
    [...born.map((parts, i): [What, number] => [parts, i % 30]), ...entries].map(([[type, subject, data], hour], offset) =>
      logged(offset, type, subject, data, { time: START + hour * HOUR })));

const SUBJECTS = ['ld_a', 'ld_b', 'ld_c', 'op_m', 'op_n', 'ct_j', 'ct_k'] as SubjectId[];
const vectors = (state: State, now: number): unknown[] => SUBJECTS.map((id) => state.record(id)?.vector(now));

/** The events in another order; a log numbers them anew. */
function arriving(events: readonly LoggedEvent[], order: 'time' | number): LoggedEvent[] {
  const dice = random(typeof order === 'number' ? order : 0);
  const at = new Map(events.map((event) => [event, order === 'time' ? event.time : event.time + dice.uniform() * LATENESS]));
  const sorted = events.toSorted((a, b) => at.get(a)! - at.get(b)! || (a.id < b.id ? -1 : 1));
  return sorted.map((event, offset) => Object.assign({}, event, { offset, received: at.get(event)!, knownAt: at.get(event)! }));
}

function stateOf(events: readonly LoggedEvent[], cuts: readonly number[] = []): State {
  const state = openMemoryState({ features: FEATURES });
  for (const cut of [...cuts, events.length]) state.fold(events.slice(0, cut));
  return state;
}

describe('the order of arrival', () => {
  const now = START + 13 * DAY;

  it('within the lateness bound changes no byte', () => {
    fc.assert(fc.property(worldOf(activity), fc.nat(), fc.array(fc.nat(60), { maxLength: 3 }), (events, seed, cuts) => {
      const plain = stateOf(arriving(events, 'time'));
      const other = stateOf(arriving(events, seed), cuts.toSorted((a, b) => a - b));
      expect(vectors(other, now)).toEqual(vectors(plain, now));
      expect(digest(other, 'subjects')).toBe(digest(plain, 'subjects'));
      expect(other.counts().late).toBe(0);
    }), { numRuns: 60 });
  });

  it('changes no vector where records move between accounts, owners and teams', () => {
    fc.assert(fc.property(worldOf([...activity, ...relinks]), fc.nat(), fc.array(fc.nat(60), { maxLength: 5 }), (events, seed, repeated) => {
      const shuffled = arriving(events, seed);
      const twice = shuffled.flatMap((event, i) => (repeated.includes(i) ? [event, event] : [event]));
      const numbered = twice.map((event, offset) => Object.assign({}, event, { offset }));
      expect(vectors(stateOf(numbered), now)).toEqual(vectors(stateOf(arriving(events, 'time')), now));
    }), { numRuns: 60 });
  });
});

describe('linked rows', () => {
  const value = (state: State, subject: string, name: string, now: number): unknown => {
    const id = subject as SubjectId;
    const features = FEATURES.filter(({ entity }) => entity === (subject.startsWith('ld') ? 'lead' : 'opportunity'));
    return state.record(id)?.vector(now)[features.findIndex((feature) => feature.name === name)];
  };
  const told = (...parts: What[]): State => stateOf(parts.map(([type, subject, data], offset) => logged(offset, type, subject, data)));
  const now = START + 3 * DAY;

  it('count what others at the account do, and follow a lead that moves', () => {
    const story: What[] = [
      ['lead.created', 'ld_a', { owner: 'us_p', account: 'ac_x' }],
      ['web.visited', 'ld_b', { page: 'home' }], // before anybody knows whose it is
      ['lead.created', 'ld_b', { owner: 'us_p', account: 'ac_x' }],
      ['web.visited', 'ld_b', { page: 'home' }],
      ['web.visited', 'ld_a', { page: 'home' }],
    ];
    expect(value(told(...story), 'ld_a', 'account_visits', now)).toBe(2);
    expect(value(told(...story), 'ld_b', 'account_visits', now)).toBe(1);
    const moved = told(...story, ['lead.changed', 'ld_b', { account: 'ac_y' }]);
    expect(value(moved, 'ld_a', 'account_visits', now)).toBe(0);
    expect(value(moved, 'ld_b', 'account_visits', now)).toBe(0);
  });

  it('follow visitors to leads, and contacts to the opportunities that they play a role in', () => {
    const state = told(
      ['lead.created', 'ld_a', { owner: 'us_p' }],
      ['web.visited', 'vi_v', { page: 'pricing' }],
      ['link.visitor', 'vi_v', { lead: 'ld_a' }],
      ['web.visited', 'vi_v', { page: 'home' }],
      ['opportunity.created', 'op_m', { owner: 'us_q' }],
      ['web.visited', 'ct_j', { page: 'home' }],
      ['contact.role_set', 'ct_j', { opportunity: 'op_m' }],
    );
    expect(value(state, 'ld_a', 'visits', now)).toBe(2);
    expect(value(state, 'op_m', 'buyers', now)).toBe(1);
  });

  it('join merged records', () => {
    const state = told(
      ['lead.created', 'ld_a', { owner: 'us_p', account: 'ac_x' }],
      ['lead.created', 'ld_b', { owner: 'us_p', account: 'ac_y' }],
      ['lead.created', 'ld_c', { owner: 'us_p', account: 'ac_z' }],
      ['web.visited', 'ld_b', { page: 'home' }],
      ['record.merged', 'ld_a', { loser: 'ld_b' }],
      ['web.visited', 'ld_b', { page: 'home' }],
      ['record.merged', 'ac_z', { loser: 'ac_x' }],
    );
    expect(value(state, 'ld_a', 'visits', now)).toBe(2);
    expect(value(state, 'ld_c', 'account_visits', now)).toBe(2);
    expect(state.record('ld_b' as SubjectId)).toBeUndefined();
    expect([state.counts().leads, state.owned('us_p' as SubjectId)]).toEqual([2, ['ld_a', 'ld_c']]);
  });

  it('leave an opportunity with the role of a contact, and a campaign with the membership', () => {
    const story: What[] = [
      ['opportunity.created', 'op_m', { owner: 'us_q' }],
      ['opportunity.created', 'op_n', { owner: 'us_q' }],
      ['lead.created', 'ld_a', { owner: 'us_p', campaign_id: 'cp_f' }],
      ['lead.created', 'ld_b', { owner: 'us_p', campaign_id: 'cp_g' }],
      ['web.visited', 'ct_j', { page: 'home' }],
      ['web.visited', 'ld_a', { page: 'home' }],
      ['contact.role_set', 'ct_j', { opportunity: 'op_n' }],
      ['contact.role_set', 'ct_j', { opportunity: 'op_m' }],
      ['campaign.member_added', 'ld_a', { campaign_id: 'cp_g' }],
    ];
    const buyers = (state: State) => ['op_m', 'op_n'].map((id) => value(state, id, 'buyers', now));
    expect(buyers(told(...story))).toEqual([1, 0]);
    expect(value(told(...story), 'ld_b', 'campaign_visits', now)).toBe(1);
    const left = told(...story, ['contact.role_removed', 'ct_j', { opportunity: 'op_m' }], ['campaign.member_removed', 'ld_a', { campaign_id: 'cp_g' }]);
    expect(buyers(left)).toEqual([0, 1]); // the older role stands
    expect([value(left, 'ld_a', 'campaign_visits', now), value(left, 'ld_b', 'campaign_visits', now)]).toEqual([1, 0]);
    expect(buyers(told(...story, ['contact.role_removed', 'ct_j', { opportunity: 'op_n' }]))).toEqual([1, 0]);
  });

  it('tell of a team only where it is one, and for each rep', () => {
    const team = (reps: number): What[] => Array.from({ length: reps }, (_, i) => ['user.changed', `us_r${i}`, { manager: 'us_boss' }]);
    const leads: What[] = ['a', 'b', 'c'].map((id, i) => ['lead.created', `ld_${id}`, { owner: `us_r${i % 2}` }]);
    expect(value(told(...team(FEWEST_REPS - 1), ...leads), 'ld_a', 'team_new', now)).toBeNull();
    expect(value(told(...team(6), ...leads), 'ld_a', 'team_new', now)).toBe(3 / 6);
    expect(value(told(...leads, ...team(6)), 'ld_a', 'team_new', now)).toBe(3 / 6);
    expect(value(told(...team(6), ...leads, ['user.changed', 'us_r0', { manager: 'us_other' }]), 'ld_b', 'team_new', now)).toBe(1 / 5);
  });

  it('give back what an erased member did', () => {
    const state = told(
      ['lead.created', 'ld_a', { owner: 'us_p', account: 'ac_x' }],
      ['lead.created', 'ld_b', { owner: 'us_p', account: 'ac_x' }],
      ['web.visited', 'ld_b', { page: 'home' }],
    );
    expect(value(state, 'ld_a', 'account_visits', now)).toBe(1);
    state.retract('ld_b' as SubjectId);
    expect(value(state, 'ld_a', 'account_visits', now)).toBe(0);
  });
});

describe('lateness', () => {
  it('is counted beyond the bound and folded where a tile is open; the watermark follows what was received', () => {
    const early = START - 2 * DAY;
    const state = stateOf([
      logged(0, 'lead.created', 'ld_a', { owner: 'us_p' }),
      logged(1, 'web.visited', 'ld_a', { page: 'home' }, { time: early, received: START + DAY, knownAt: START + DAY }),
      logged(2, 'web.visited', 'ld_a', { page: 'home' }, { time: START, received: START + LATENESS + 2 * DAY, knownAt: START + LATENESS + 2 * DAY }),
      logged(3, 'web.visited', 'ld_a', { page: 'home' }, { time: early, received: START + LATENESS + 2 * DAY, knownAt: early }), // a backfill
      logged(4, 'web.visited', 'ld_a', { page: 'home' }, { time: START, received: START + LATENESS + 3 * DAY, knownAt: START + LATENESS + 3 * DAY }),
    ]);
    expect([state.counts().late, state.lateBySource()]).toEqual([1, { web: 1 }]);
    expect(state.watermark()).toBe(START + 3 * DAY);
    expect(state.record('ld_a' as SubjectId)!.vector(START + 4 * DAY)[2]).toBe(4);
    expect([2, 20].map((day) => state.sources(START + day * DAY).map(({ source, stale }) => [source, stale]))).toEqual([[['salesforce', false]], [['salesforce', true]]]);
  });
});
