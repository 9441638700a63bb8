import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../base/index.ts';
import { CELL_SUBJECT, type FieldValue, type LoggedEvent, type SubjectId } from '../events/index.ts';
import { logged, START } from './conformance.ts';
import { openMemoryState } from './memory/state.ts';
import { memoryStore } from './memory/store.ts';
import { createProjection } from './projection.ts';
import { createReplayRows } from './replay/rows.ts';
import type { Entity, FeatureKind, FeatureSpec, OwnKind } from './spec.ts';
import type { State } from './state.ts';

const spec = (name: string, entity: Entity, kind: FeatureKind): FeatureSpec =>
  ({ name, entity, kind, theme: 't', sentence: 's', source: 'salesforce', owner: 'o', privacy: 'plain' });
const visits: OwnKind = { op: 'count', event: ['web.visited'], window: 30 * DAY };
const FEATURES: FeatureSpec[] = [
  spec('visits', 'lead', visits),
  spec('industry', 'lead', { op: 'latest', event: ['lead.created', 'lead.changed'], field: 'industry', type: 'categorical' }),
  spec('last_page', 'lead', { op: 'latest', event: ['web.visited'], field: 'page', type: 'categorical' }),
  spec('account_visits', 'lead', { op: 'cross', entity: 'account', kind: visits }),
  spec('overdue', 'lead', { op: 'cross', entity: 'account', kind: { op: 'sum', event: ['web.visited'], field: 'seconds', window: 30 * DAY } }),
  spec('contact_visits', 'contact', visits),
];

const id = (...names: string[]) => fc.constantFrom(...(names as SubjectId[]));
const lead = id('ld_a', 'ld_b', 'ld_c');
const contact = id('ct_j', 'ct_k');
const visitor = id('vi_v', 'vi_w');
const account = id('ac_x', 'ac_y', 'ac_z');
const SUBJECTS = ['ld_a', 'ld_b', 'ld_c', 'ct_j', 'ct_k'] as SubjectId[];
const ALL = [...SUBJECTS, 'vi_v', 'vi_w', 'ac_x', 'ac_y', 'ac_z'] as SubjectId[];

type What = readonly [string, SubjectId, Record<string, FieldValue>];
const what = (type: string, subject: fc.Arbitrary<SubjectId>, data: fc.Arbitrary<object>): fc.Arbitrary<What> =>
  fc.tuple(fc.constant(type), subject, data as fc.Arbitrary<Record<string, FieldValue>>);
const page = fc.record({ page: fc.constantFrom('pricing', 'home', 'docs'), seconds: fc.nat(50) });
const happening = fc.oneof(
  { weight: 5, arbitrary: what('web.visited', fc.oneof(lead, contact, visitor), page) },
  { weight: 2, arbitrary: what('lead.changed', lead, fc.record({ industry: fc.constantFrom('energy', 'retail'), account }, { requiredKeys: [] })) },
  { weight: 2, arbitrary: what('link.visitor', visitor, fc.oneof(fc.record({ lead }), fc.record({ contact }))) },
  { weight: 1, arbitrary: what('link.removed', visitor, fc.oneof(fc.constant({}), fc.record({ lead }))) },
  { weight: 1, arbitrary: what('record.merged', lead, fc.record({ loser: lead })) },
  { weight: 1, arbitrary: what('record.merged', contact, fc.record({ loser: contact })) },
  { weight: 1, arbitrary: what('record.merged', account, fc.record({ loser: account })) },
);
const born: What[] = [
  ...(['ld_a', 'ld_b', 'ld_c'] as SubjectId[]).map((subject, i): What => ['lead.created', subject, { owner: 'us_p', account: i === 2 ? 'ac_y' : 'ac_x' }]),
  ...(['ct_j', 'ct_k'] as SubjectId[]).map((subject): What => ['contact.created', subject, { account: 'ac_z' }]),
];
const worlds = fc.array(happening, { maxLength: 40 }).map((some): LoggedEvent[] => [...born, ...some].map(([type, subject, data], at) => logged(at, type, subject, data)));

const now = START + 20 * DAY;
const vectors = (state: State): unknown[] => SUBJECTS.map((subject) => {
  const record = state.record(subject);
  return record && { vector: record.vector(now), status: record.status, owner: record.owner, lastEvent: record.lastEvent };
});
const stateOf = (events: readonly LoggedEvent[]): State => {
  const state = openMemoryState({ features: FEATURES });
  state.fold(events);
  return state;
};
const erasure = (offset: number, subject: SubjectId): LoggedEvent => logged(offset, 'control.subject.erased', CELL_SUBJECT, { subject, receipt: 'r' });

describe('an erasure', () => {
  it('takes its part out of rows that are shared at once: the state is that of a log which never held it', () => {
    fc.assert(fc.property(worlds, fc.array(id(...ALL), { minLength: 1, maxLength: 3 }), (events, subjects) => {
      const store = memoryStore();
      const state = createProjection({ store, features: FEATURES });
      state.fold(events);
      let log = events;
      for (const subject of new Set(subjects)) {
        log = log.filter((event) => event.subject !== subject);
        state.retract(subject, { events: log });
        log = [...log, erasure(events.length + subjects.indexOf(subject), subject)];
        state.fold(log.slice(-1));
        const clean = stateOf(log);
        expect(vectors(state)).toEqual(vectors(clean));
        expect(state.counts()).toMatchObject({ leads: clean.counts().leads, open: clean.counts().open });
        expect([state.owners(), state.joinedWith(subject)]).toEqual([clean.owners(), []]);
        expect([...state.rows()].some(({ table, key, bytes }) => table !== 'meta' && table !== 'seen' && `${key} ${table === 'aliases' ? new TextDecoder().decode(bytes) : ''}`.includes(subject))).toBe(false);
      }
      createProjection({ store, features: FEATURES }); // it can be opened again
    }), { numRuns: 150 });
  });

  it('without the events of the others is finished by folding anew', () => {
    const store = memoryStore();
    const state = createProjection({ store, features: FEATURES });
    state.fold([logged(0, 'web.visited', 'vi_v', { page: 'home' }), logged(1, 'link.visitor', 'vi_v', { lead: 'ld_a' })]);
    state.retract('vi_v' as SubjectId);
    expect(() => createProjection({ store, features: FEATURES })).toThrow(/erased part.*rebuild/u);
  });

  it('folded from a log that holds nothing of it any more leaves a state that can be opened again', () => {
    const store = memoryStore();
    createProjection({ store, features: FEATURES }).fold([
      logged(0, 'lead.created', 'ld_b', { owner: 'us_p' }),
      logged(1, 'record.merged', 'ld_b', { loser: 'ld_a' }),
      erasure(2, 'ld_a' as SubjectId),
    ]);
    createProjection({ store, features: FEATURES });
  });
});

describe('a visitor', () => {
  const visit = (at: number): LoggedEvent => logged(at, 'web.visited', 'vi_v', { page: 'home' });
  const link = (at: number, to: string, time = START + at * HOUR): LoggedEvent => logged(at, 'link.visitor', 'vi_v', { lead: to }, { time });
  const born_ = ['ld_a', 'ld_b'].map((subject, at) => logged(at, 'lead.created', subject, { owner: 'us_p' }));
  const visitsOf = (events: readonly LoggedEvent[]): unknown[] => {
    const state = stateOf([...born_, ...events]);
    return (['ld_a', 'ld_b'] as SubjectId[]).map((subject) => state.record(subject)!.vector(now)[0]);
  };

  it('that is found to be somebody else counts there from then on; the two leads stay two', () => {
    expect(visitsOf([visit(2), link(3, 'ld_a'), visit(4), link(5, 'ld_b'), visit(6)])).toEqual([2, 1]);
  });

  it('whose link is removed counts for nobody from then on', () => {
    const removed = (at: number, data: Record<string, FieldValue> = {}): LoggedEvent => logged(at, 'link.removed', 'vi_v', data);
    expect(visitsOf([visit(2), link(3, 'ld_a'), removed(4), visit(5)])).toEqual([1, 0]);
    expect(visitsOf([visit(2), link(3, 'ld_a'), removed(4, { lead: 'ld_b' }), visit(5)])).toEqual([2, 0]);
    expect(visitsOf([visit(2), removed(4), link(5, 'ld_a', START + 3 * HOUR), visit(6)])).toEqual([1, 0]);
    expect(visitsOf([visit(2), link(3, 'ld_a'), removed(4), visit(5), link(6, 'ld_b')])).toEqual([1, 1]);
  });
});

describe('a replay', () => {
  /** Folds events into rows of a replay and expects of the leads what a live state says of them. */
  const expectLive = (events: readonly LoggedEvent[]): void => {
    const state = stateOf(events);
    const rows = createReplayRows(FEATURES);
    const fields = new Float64Array(rows.columns.names.length);
    for (const event of events) {
      rows.columns.encode(event.data, fields);
      const n = rows.number(event.subject);
      const code = { 'web.visited': 10 }[event.type];
      if (code === undefined) rows.word(n, { ...event, code: 1 }, event.offset, fields);
      else rows.add(n, code, event.time, event.offset, fields);
    }
    for (const subject of ['ld_a', 'ld_b', 'ld_c'] as SubjectId[]) {
      const n = rows.number(subject);
      const live = state.record(subject);
      if (live === undefined) continue;
      const out = new Float64Array(5);
      rows.vectorInto(n, now, out, 0);
      expect([out[0], out[3], out[4]]).toEqual([0, 3, 4].map((at) => live.vector(now)[at] ?? NaN));
    }
  };

  it('joins, parts and links as the live fold does', () => {
    fc.assert(fc.property(worlds, expectLive), { numRuns: 40 });
  });

  it('counts what a visitor does where its lead belongs by then', () => {
    const visit = (at: number): LoggedEvent => logged(at, 'web.visited', 'vi_v', { page: 'home' });
    expectLive([
      logged(0, 'lead.created', 'ld_a', { owner: 'us_p', account: 'ac_x' }), logged(1, 'link.visitor', 'vi_v', { lead: 'ld_a' }), visit(2),
      logged(3, 'lead.changed', 'ld_a', { account: 'ac_y' }), visit(4),
    ]);
  });
});
