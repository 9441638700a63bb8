import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../base/index.ts';
import type { FieldValue, LoggedEvent, SubjectId } from '../events/index.ts';
import { logged, START, type StateUnderTest } from './conformance.ts';
import { digest } from './digest.ts';
import { NOWHERE, shelfOf } from './lanes.ts';
import { LATENESS } from './lateness.ts';
import type { LeadRecord, State } from './state.ts';

const LEADS = ['ld_a', 'ld_b', 'ld_c', 'ld_d'] as SubjectId[];
const lead = fc.constantFrom(...LEADS);
const owner = fc.constantFrom('us_a', 'us_b');
const time = fc.nat(200).map((hours) => START + hours * HOUR);

type What = [type: string, subject: string, data: Record<string, FieldValue>];
const happening = fc.oneof(
  fc.tuple(fc.constant('lead.created'), lead, fc.record({ owner, territory: fc.constantFrom('north', 'north;south', 'Ö;a b', null) }, { requiredKeys: ['owner'] })),
  fc.tuple(fc.constant('lead.changed'), lead, fc.record({ owner, territory: fc.constantFrom('north', ' south ;', null), no_profiling: fc.boolean() }, { requiredKeys: [] })),
  fc.tuple(fc.constantFrom('lead.closed', 'lead.reopened', 'lead.converted'), lead, fc.constant({})),
  fc.tuple(fc.constant('web.visited'), fc.oneof(lead, fc.constant('vi_v')), fc.record({ page: fc.constantFrom('pricing', 'home') })),
  fc.tuple(fc.constantFrom('email.replied', 'email.sent', 'meeting.held'), lead, fc.constant({})),
  fc.tuple(fc.constantFrom('sla.started', 'task.created'), lead, fc.record({ due: time, policy: fc.constant('first') })),
  fc.tuple(fc.constantFrom('sla.met', 'sla.breached', 'task.completed'), lead, fc.record({ policy: fc.constant('first') })),
  fc.tuple(fc.constant('feedback.given'), lead, fc.record({ user: owner, decision: fc.constant('d_1'), action: fc.constantFrom('dismiss', 'dispute', 'done', 'accept', 'snooze') })),
  fc.tuple(fc.constant('impression.shown'), lead, fc.record({ user: owner, decision: fc.constant('d_1'), position: fc.constant(1), list: fc.constant('l_1') })),
  fc.tuple(fc.constant('link.visitor'), fc.constant('vi_v'), fc.record({ lead })),
  fc.tuple(fc.constant('record.merged'), lead, fc.record({ loser: lead })),
);

const shelvesOf = ({ owner: whose, territories }: LeadRecord): string[] =>
  whose !== null ? [whose] : territories.length === 0 ? [NOWHERE] : territories.map(shelfOf);

/** What may come in any order without a trace: no joins, no changes of owner, no ends. */
const plain = new Set(['web.visited', 'email.replied', 'email.sent', 'meeting.held', 'sla.started', 'sla.met', 'task.created', 'task.completed', 'feedback.given', 'impression.shown']);

const world = fc.array(fc.tuple(happening, time), { maxLength: 60 }).map((all) =>
  all.map(([[type, subject, data], at], offset) => logged(offset, type, subject, data as What[2], { time: at, received: START + 200 * HOUR, knownAt: START + 200 * HOUR })));

/** What every implementation of State must keep in order: the lists that candidates come from, and what users did with theirs. */
export function listsConformance(name: string, { fresh }: StateUnderTest): void {
  describe(`${name} lists`, () => {
    const opened: State[] = [];
    const open = (events: readonly LoggedEvent[] = []): State => {
      const state = fresh();
      opened.push(state);
      state.fold(events);
      return state;
    };
    afterEach(() => {
      for (const state of opened.splice(0)) state.close();
    });

    it('hold the open leads of a shelf, each in its order, whatever happened', () => {
      fc.assert(fc.property(world, (events) => {
        const state = open(events);
        const records = LEADS.flatMap((id) => state.record(id) ?? []).filter(({ status }) => status === 'open');
        for (const shelf of ['us_a', 'us_b', NOWHERE, ...['north', 'south', 'Ö', 'a b'].map(shelfOf)]) {
          const here = records.filter((record) => shelvesOf(record).includes(shelf));
          const warm = here.filter(({ heat }) => heat > 0 || shelf.startsWith('tr_')).toSorted((a, b) => b.heat - a.heat || (a.subject < b.subject ? -1 : 1));
          expect(state.lane('heat', shelf, { limit: 9 })).toEqual(warm.map(({ subject }) => subject));
          const least = warm[1]?.heat ?? 1;
          expect(state.lane('heat', shelf, { limit: 9, least })).toEqual(warm.filter(({ heat }) => heat >= least).map(({ subject }) => subject));
          const due = here.filter(({ due: at }) => at !== null).toSorted((a, b) => a.due!.at - b.due!.at || (a.subject < b.subject ? -1 : 1));
          expect(state.lane('due', shelf, { limit: 9 })).toEqual(due.map(({ subject }) => subject));
          const untouched = here.filter(({ lastTouch }) => lastTouch === null).toSorted((a, b) => b.created - a.created || (a.subject < b.subject ? -1 : 1));
          expect(state.lane('new', shelf, { limit: 9 })).toEqual(untouched.map(({ subject }) => subject));
        }
        const endOf = ({ status, convertedAt, closedAt }: LeadRecord): number | null => (status === 'converted' ? convertedAt : status === 'closed' ? closedAt : null);
        for (const whose of ['us_a', 'us_b'] as SubjectId[]) {
          const ended = LEADS.flatMap((id) => state.record(id) ?? [])
            .filter((record) => record.owner === whose && (endOf(record) ?? -Infinity) >= START + DAY)
            .toSorted((a, b) => endOf(b)! - endOf(a)! || (a.subject < b.subject ? -1 : 1));
          expect(state.ended(whose, { from: START + DAY, until: START + 201 * HOUR, limit: 9 })).toEqual(ended.map(({ subject, status }) => ({ subject, as: status })));
        }
      }), { numRuns: 60 });
    });

    it('are the same in whatever order within lateness the events came', () => {
      fc.assert(fc.property(world, (events) => {
        const born = LEADS.map((id, i) => logged(i, 'lead.created', id, { owner: 'us_a', territory: 'north' }, { time: START }));
        const then = events.filter(({ type }) => plain.has(type)).filter(({ time: at }) => at < START + LATENESS);
        const told = (order: readonly LoggedEvent[]): string =>
          digest(open([...born, ...order].map((event, offset) => Object.assign({}, event, { offset, received: START + LATENESS, knownAt: START + LATENESS }))), 'subjects');
        expect(told(then.toReversed())).toBe(told(then));
      }), { numRuns: 20 });
    });

    it('are read from a place on and up to one, as far as is asked', () => {
      const state = open(LEADS.flatMap((id, i) => [
        logged(2 * i, 'lead.created', id, { owner: 'us_a' }),
        logged(2 * i + 1, 'sla.started', id, { policy: 'first', due: START + i * DAY }),
      ]));
      const owner_ = 'us_a' as SubjectId;
      expect(state.lane('due', owner_, { limit: 2 })).toEqual(['ld_a', 'ld_b']);
      expect(state.lane('due', owner_, { limit: 9, from: START + DAY, until: START + 3 * DAY })).toEqual(['ld_b', 'ld_c']);
      expect(state.ownedFrom(owner_, { from: 'ld_b', to: 'ld_d', limit: 9 })).toEqual(['ld_b', 'ld_c']);
      expect(state.ownedFrom(owner_, { limit: 3 })).toEqual(['ld_a', 'ld_b', 'ld_c']);
    });

    it('hold what ended of an owner, the newest first, until it is past; whoever reopens is taken out', () => {
      const whose = 'us_a' as SubjectId;
      const closed = (offset: number, id: string, day: number, type = 'lead.closed'): LoggedEvent[] => [
        logged(2 * offset, 'lead.created', id, { owner: 'us_a' }, { time: START }),
        logged(2 * offset + 1, type, id, {}, { time: START + day * DAY + offset, received: START + 3 * DAY, knownAt: START + 3 * DAY }),
      ];
      const state = open([...closed(0, 'ld_a', 1), ...closed(1, 'ld_b', 2, 'lead.converted'), ...closed(2, 'ld_c', 2), ...closed(3, 'ld_d', -20)]);
      const told = (from: number, limit = 9): SubjectId[] => state.ended(whose, { from: START + from * DAY, until: START + 4 * DAY, limit }).map(({ subject }) => subject);
      expect([told(0), told(2), told(0, 2), told(-30)]).toEqual([['ld_c', 'ld_b', 'ld_a'], ['ld_c', 'ld_b'], ['ld_c', 'ld_b'], ['ld_c', 'ld_b', 'ld_a']]);
      expect(state.ended(whose, { from: START, until: START + 2 * DAY + 2, limit: 9 })).toEqual([{ subject: 'ld_b', as: 'converted' }, { subject: 'ld_a', as: 'closed' }]);
      state.fold([logged(8, 'lead.reopened', 'ld_c', {}, { time: START + 3 * DAY, received: START + 3 * DAY, knownAt: START + 3 * DAY })]);
      expect(told(0)).toEqual(['ld_b', 'ld_a']);
      const later = (days: number): LoggedEvent => logged(9 + days, 'web.visited', 'ld_c', { page: 'home' }, { time: START + days * DAY, received: START + days * DAY, knownAt: START + days * DAY });
      state.fold([later(16)]);
      expect([...state.rows()].filter(({ table, key }) => table === 'lanes' && key.startsWith('ended:')).map(({ key }) => key.split('.').slice(-2))).toEqual([['ld_b', 'converted']]);
      state.fold([later(30)]);
      expect([...state.rows()].filter(({ key }) => key.startsWith('ended:'))).toEqual([]);
    });

    it('say what is due and since when that was said: the earlier of what nobody has settled', () => {
      const told = (...said: [type: string, hour: number, due?: number][]) =>
        open([['lead.created', 0] as const, ...said].map(([type, hour, at], i) =>
          logged(i, type, 'ld_a', at === undefined ? {} : { due: START + at * HOUR, policy: 'first' }, { time: START + hour * HOUR }))).record('ld_a' as SubjectId)?.due;
      expect(told(['email.sent', 10], ['task.created', 11, 14])).toEqual({ kind: 'task', at: START + 14 * HOUR, since: START + 11 * HOUR });
      expect(told(['task.created', 11, 14], ['sla.started', 12, 13])).toEqual({ kind: 'promise', at: START + 13 * HOUR, since: START + 12 * HOUR });
      expect(told(['task.created', 11, 14], ['sla.started', 12, 13], ['email.sent', 13])).toEqual({ kind: 'task', at: START + 14 * HOUR, since: START + 11 * HOUR });
      // What had fallen due before the other was said, and nobody closed, does not hide it.
      expect(told(['task.created', 11, 14], ['sla.started', 20, 22])).toEqual({ kind: 'promise', at: START + 22 * HOUR, since: START + 20 * HOUR });
      expect(told(['sla.started', 11, 13], ['task.created', 20, 30])).toEqual({ kind: 'task', at: START + 30 * HOUR, since: START + 20 * HOUR });
      expect(told(['task.created', 11, 14], ['sla.started', 14, 22])).toEqual({ kind: 'task', at: START + 14 * HOUR, since: START + 11 * HOUR });
    });

    it('know who works a territory, which queues it has, and who has left', () => {
      const state = open([
        logged(0, 'user.changed', 'us_a', { territories: 'north; south', manager: 'us_m' }),
        logged(1, 'user.changed', 'us_q', { queue: true, territories: 'north' }),
        logged(2, 'user.changed', 'us_b', { active: false, manager: 'us_m', territories: 'north' }),
      ]);
      expect(state.user('us_a' as SubjectId)).toMatchObject({ territories: ['north', 'south'], queue: false });
      expect([state.queues('north'), state.queues('south'), state.queues('nowhere')]).toEqual([['us_q'], [], []]);
      expect([state.team('us_m' as SubjectId), state.left('us_m' as SubjectId), state.managers()]).toEqual([['us_a'], ['us_b'], ['us_m']]);
      state.fold([logged(3, 'user.changed', 'us_b', { active: true }), logged(4, 'user.changed', 'us_q', { territories: 'south' })]);
      expect([state.team('us_m' as SubjectId), state.left('us_m' as SubjectId), state.queues('north'), state.queues('south')]).toEqual([['us_a', 'us_b'], [], [], ['us_q']]);
    });

    it('count what was shown and answered by week and user; a dispute is kept with what it is about until its record is erased', () => {
      const said = (offset: number, action: string, more: Record<string, FieldValue> = {}): LoggedEvent =>
        logged(offset, 'feedback.given', 'ld_a', { user: 'us_a', decision: `d_${offset}`, action, ...more }, { time: START + DAY });
      const shown = logged(1, 'impression.shown', 'ld_a', { user: 'us_a', decision: 'd_1', position: 1, list: 'l_1' }, { time: START + 8 * DAY });
      const state = open([logged(0, 'lead.created', 'ld_a', { owner: 'us_a' }), shown, said(2, 'dismiss'), said(3, 'dispute', { reason: 'outdated_data', theme: 'intent', feature_name: 'web_visits_7d' })]);
      const none = { shown: 0, accepted: 0, done: 0, dismissed: 0, snoozed: 0, disputed: 0 };
      const counts = new Map([[START, { ...none, dismissed: 1, disputed: 1 }], [START + 7 * DAY, { ...none, shown: 1 }]]);
      expect(state.uses('us_a' as SubjectId)).toEqual(counts);
      expect(state.uses(null)).toEqual(counts);
      expect(state.uses('us_b' as SubjectId).size).toBe(0);
      const dispute = { subject: 'ld_a', time: START + DAY, decision: 'd_3', reason: 'outdated_data', theme: 'intent', feature: 'web_visits_7d' };
      expect(state.disputes(START)).toEqual([dispute]);
      expect(state.disputes(START + 2 * DAY)).toEqual([]);
      expect(state.record('ld_a' as SubjectId)).toMatchObject({ dismissedAt: START + DAY, disputed: { at: START + DAY, reason: 'outdated_data', theme: 'intent' } });
      state.retract('ld_a' as SubjectId);
      expect(state.disputes(START)).toEqual([]);
      state.retract('us_a' as SubjectId);
      expect(state.uses('us_a' as SubjectId).size).toBe(0);
    });
  });
}
