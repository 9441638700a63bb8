import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../base/index.ts';
import { CELL_SUBJECT, type FieldValue, type LoggedEvent, type SubjectId } from '../events/index.ts';
import { LEAD_FEATURES } from './defaults/index.ts';
import { digest } from './digest.ts';
import { openMemoryState } from './memory/state.ts';
import type { State } from './state.ts';

export const START = Date.UTC(2026, 0, 5);

/** An event as a log would hand it out, for tests of what reads the log. */
export function logged(offset: number, type: string, subject: string, data: Record<string, FieldValue> = {}, rest: Partial<LoggedEvent> = {}): LoggedEvent {
  const time = rest.time ?? START + offset * HOUR;
  return {
    id: `e${offset}`, source: 'test', type, version: 1, subject: subject as SubjectId, time, data,
    offset, received: time, knownAt: time, ...rest,
  } as LoggedEvent;
}

const subject = fc.constantFrom('ld_a', 'ld_b', 'ld_c', 'ld_d');
const user = fc.constantFrom('us_a', 'us_b');
const happening = fc.oneof(
  fc.tuple(fc.constantFrom('lead.created', 'lead.changed'), subject, fc.record(
    { owner: user, industry: fc.constantFrom('retail', 'energy', null), employees: fc.nat(500) },
    { requiredKeys: ['owner'] },
  )),
  fc.tuple(fc.constantFrom('lead.converted', 'lead.closed', 'lead.deleted'), subject, fc.constant({})),
  fc.tuple(fc.constant('web.visited'), subject, fc.record({ page: fc.constantFrom('pricing', 'home'), seconds: fc.nat(99) })),
  fc.tuple(fc.constant('call.logged'), subject, fc.record({ outcome: fc.constantFrom('connected', 'voicemail') })),
  fc.tuple(fc.constant('user.changed'), user, fc.record({ manager: fc.constantFrom('us_x', 'us_y'), active: fc.boolean(), team: fc.constantFrom('emea', 'amer'), away_until: fc.option(fc.integer({ min: START, max: START + 9 * HOUR })) }, { requiredKeys: ['manager', 'active'] })),
  fc.tuple(fc.constant('feedback.given'), subject, fc.record({ user, action: fc.constantFrom('dismiss', 'accept', 'done') })),
  fc.tuple(fc.constant('control.subject.erased'), fc.constant(CELL_SUBJECT), fc.record({ subject, receipt: fc.constant('r') })),
);

/** Small histories: any events, a day's jitter in event time. */
export const histories = fc.array(fc.tuple(happening, fc.integer({ min: 0, max: 24 })), { maxLength: 60 }).map((entries) =>
  entries.map(([[type, whom, data], late], offset) =>
    logged(offset, type, whom, data as Record<string, FieldValue>, { time: START + offset * 3 * HOUR - late * HOUR, received: START + offset * 3 * HOUR })));

export interface StateUnderTest {
  /** A new empty state. */
  fresh(): State;
  /** The state again, as after a restart of the process; undefined when it does not outlive one. */
  again?: (state: State) => State;
}

/** What every implementation of State must do. */
export function stateConformance(name: string, { fresh, again }: StateUnderTest): void {
  describe(`${name} state`, () => {
    const opened: State[] = [];
    const open = (): State => {
      const state = fresh();
      opened.push(state);
      return state;
    };
    afterEach(() => {
      for (const state of opened.splice(0)) state.close();
    });
    const clean = (events: readonly LoggedEvent[]): string => digest(folded(openMemoryState({ features: LEAD_FEATURES }), events));
    const folded = (state: State, events: readonly LoggedEvent[]): State => {
      state.fold(events);
      return state;
    };

    it('is byte for byte the state of a clean replay, however the delivery is split, repeated or restarted', () => {
      fc.assert(fc.property(histories, fc.array(fc.nat(60), { maxLength: 4 }), (events, cuts) => {
        let state = open();
        for (const cut of [...cuts, events.length]) {
          state.fold(events.slice(Math.max(0, Math.min(cut, state.offset()) - 5), cut)); // goes back a little each time
          if (again !== undefined) opened.push((state = again(state)));
        }
        expect(digest(state)).toBe(clean(events));
      }), { numRuns: 25 });
    });

    it('drops an event that the log holds twice', () => {
      fc.assert(fc.property(histories, fc.array(fc.nat(59), { maxLength: 10 }), (events, repeated) => {
        const twice = events.flatMap((event, i) => (repeated.includes(i) ? [event, event] : [event]));
        const state = folded(open(), twice.map((event, offset) => ({ ...event, offset })));
        expect(digest(state, 'subjects')).toBe(digest(folded(openMemoryState({ features: LEAD_FEATURES }), events), 'subjects'));
        expect(state.counts().duplicates).toBe(twice.length - events.length);
      }), { numRuns: 15 });
    });

    it('takes a repetition for news after the duplicate horizon', () => {
      const visit = (offset: number, day: number): LoggedEvent =>
        logged(offset, 'web.visited', 'ld_a', { page: 'home' }, { id: 'same', time: START + day * DAY });
      const state = folded(open(), [visit(0, 0), visit(1, 7), visit(2, 7.5), visit(3, 14), visit(4, 40)]);
      expect(state.counts()).toMatchObject({ events: 3, duplicates: 2 });
    });

    it('counts and lists what stands', () => {
      fc.assert(fc.property(histories, (events) => {
        const state = folded(open(), events);
        const records = ['ld_a', 'ld_b', 'ld_c', 'ld_d'].flatMap((id) => state.record(id as SubjectId) ?? []);
        const standing = records.filter((record) => record.status === 'open');
        expect(state.counts()).toMatchObject({ leads: records.length, open: standing.length });
        const owners = [...new Set(standing.flatMap((record) => record.owner ?? []))].toSorted();
        expect(state.owners()).toEqual(owners);
        for (const owner of owners) {
          expect(state.owned(owner)).toEqual(standing.filter((record) => record.owner === owner).map((record) => record.subject));
        }
      }), { numRuns: 25 });
    });

    it('knows the hierarchy, the champion of each target and the rules', () => {
      const state = folded(open(), [
        logged(0, 'user.changed', 'us_a', { manager: 'us_m' }),
        logged(1, 'user.changed', 'us_b', { manager: 'us_m', active: true }),
        logged(2, 'user.changed', 'us_b', { active: false }),
        logged(3, 'control.model.promoted', 'cell', { bundle: 'b1' }),
        logged(4, 'control.model.promoted', 'cell', { bundle: 'b2', target: 'opportunity' }),
      ]);
      expect(state.rules('lead')).toBeNull();
      state.fold([logged(5, 'control.rules.applied', 'cell', { rules: 'r1' }), logged(6, 'control.rules.applied', 'cell', { rules: 'r2', previous: 'r1' }), logged(7, 'control.rules.applied', 'cell', { rules: 'r3', target: 'opportunity' })]);
      expect([state.rules('lead'), state.rules('opportunity')]).toEqual(['r2', 'r3']);
      expect(state.actions()).toBeNull();
      state.fold([logged(8, 'control.actions.promoted', 'cell', { policy: 'p1', low: 0.01 })]);
      expect(state.actions()).toBe('p1');
      expect(state.team('us_m' as SubjectId)).toEqual(['us_a']);
      expect(state.champion('lead')).toBe('b1');
      expect(state.champion('opportunity')).toBe('b2');
    });

    it('knows the few champions before one, each once and the newest first', () => {
      const state = open();
      const promoted = (offset: number, bundle: string): LoggedEvent => logged(offset, 'control.model.promoted', 'cell', { bundle, target: 'lead' });
      expect(state.earlier('lead')).toEqual([]);
      state.fold(['b1', 'b2', 'b2', 'b3', 'b1'].map((bundle, offset) => promoted(offset, bundle)));
      expect([state.champion('lead'), state.earlier('lead'), state.earlier('opportunity')]).toEqual(['b1', ['b3', 'b2'], []]);
      state.fold(['b4', 'b5', 'b6'].map((bundle, n) => promoted(5 + n, bundle)));
      expect(state.earlier('lead')).toEqual(['b5', 'b4', 'b1', 'b3']);
    });

    it('knows what was said last of a user, in whatever order it came', () => {
      const whom = 'us_a' as SubjectId;
      const told = [
        logged(0, 'user.changed', whom, { manager: 'us_m', time_zone: 'Europe/Berlin', away_until: START + HOUR }, { time: START }),
        logged(1, 'user.changed', whom, { team: 'emea', away_until: null }, { time: START + 2 }),
        logged(2, 'user.changed', whom, { away_until: START + 9 * HOUR, time_zone: 'Europe/Paris' }, { time: START + 1 }),
      ];
      expect(folded(open(), told).user(whom)).toEqual({ manager: 'us_m', active: true, team: 'emea', timeZone: 'Europe/Paris', awayUntil: null, queue: false, territories: [] });
      expect(open().user(whom)).toBeUndefined();
    });

    it('is as new as what a source last said, whatever leadrank itself said since', () => {
      const state = folded(open(), [
        logged(0, 'control.model.promoted', 'cell', { bundle: 'b1' }),
      ]);
      expect(state.asOf()).toBeNull();
      state.fold([
        logged(1, 'lead.created', 'ld_a', { owner: 'us_a' }),
        logged(2, 'impression.shown', 'ld_a', { user: 'us_a', decision: 'd_a', position: 1, list: 'l_a' }),
      ]);
      expect(state.asOf()).toBe(START + HOUR);
    });

    it('tells of a lead: where it stands, whose it is, what was said', () => {
      const until = START + 9 * DAY;
      const state = folded(open(), [
        logged(0, 'web.visited', 'ld_a', { page: 'pricing', seconds: 30 }),
        logged(1, 'lead.created', 'ld_a', { owner: 'us_a', industry: 'energy', title: 'vp' }),
        logged(2, 'call.logged', 'ld_a', { outcome: 'connected' }),
        logged(3, 'feedback.given', 'ld_a', { user: 'us_a', action: 'dismiss' }),
        logged(4, 'feedback.given', 'ld_a', { user: 'us_a', action: 'snooze', until }),
      ]);
      const record = state.record('ld_a' as SubjectId)!;
      expect(record).toMatchObject({
        owner: 'us_a', status: 'open', created: START + HOUR, lastTouch: START + 2 * HOUR, lastEvent: START + 2 * HOUR,
        snoozedUntil: until, dismissed: true, convertedAt: null, closedAt: null,
      });
      const vector = Object.fromEntries(record.vector(START + DAY).map((value, i) => [LEAD_FEATURES[i]!.name, value]));
      expect(vector).toMatchObject({
        industry: 'energy', seniority: 'vp', country: null, pricing_visits_14d: 1, web_seconds_7d: 30, calls_connected_30d: 1,
        lead_age_days: 23 / 24, created_weekday: 'Monday', created_hour: 1, forms_30d: 0, days_since_meeting: null,
      });
      expect(record.sources(START + 3 * DAY)).toEqual([
        { source: 'salesforce', ageMs: 71 * HOUR, stale: false },
        { source: 'web', ageMs: 72 * HOUR, stale: true },
        { source: 'telephony', ageMs: 70 * HOUR, stale: false },
      ]);
      state.fold([logged(5, 'lead.changed', 'ld_a', { owner: 'us_b' })]);
      expect(state.record('ld_a' as SubjectId)).toMatchObject({ owner: 'us_b', dismissed: false, snoozedUntil: null });
      expect(record.dismissed).toBe(true); // what was handed out stays as it was
    });

    it('erases a subject and keeps the others', () => {
      fc.assert(fc.property(histories, (events) => {
        const heard = ['web.visited', 'email.opened', 'call.logged'].map((type, i) => logged(60 + i, type, 'ld_z'));
        const kept = [...events.filter((event) => event.subject !== 'ld_a' && event.data['subject'] !== 'ld_a'), ...heard];
        const state = folded(open(), [...events, ...heard]);
        state.retract('ld_a' as SubjectId, { epoch: 3 });
        expect(state.epoch()).toBe(3);
        const rest = folded(openMemoryState({ features: LEAD_FEATURES }), kept);
        expect([...state.rows()].some(({ key }) => key.includes('ld_a'))).toBe(false);
        for (const id of ['ld_b', 'ld_c', 'ld_d'] as SubjectId[]) {
          const now = START + 30 * DAY;
          expect(state.record(id)?.vector(now)).toEqual(rest.record(id)?.vector(now));
        }
        expect(state.counts().leads).toBe(rest.counts().leads);
        expect(state.owners()).toEqual(rest.owners());
      }), { numRuns: 15 });
    });

    it('keeps what it had when the events fail in the middle', () => {
      const state = folded(open(), [logged(0, 'lead.created', 'ld_a', { owner: 'us_a' })]);
      const broken = function* (): Iterable<LoggedEvent> {
        yield logged(1, 'lead.created', 'ld_b', { owner: 'us_a', industry: 'energy' });
        throw new Error('the log went away');
      };
      expect(() => state.fold(broken())).toThrow('the log went away');
      const events = [0, 1, 2].map((offset) => logged(offset, 'lead.created', `ld_${'abc'[offset]!}`, { owner: 'us_a', industry: 'retail' }));
      const rest = [logged(1, 'lead.created', 'ld_b', { owner: 'us_a', industry: 'energy' }), events[2]!];
      state.fold(rest);
      expect(state.owned('us_a' as SubjectId)).toEqual(['ld_a', 'ld_b', 'ld_c']);
      expect(state.counts()).toMatchObject({ leads: 3, events: 3, duplicates: 0 });
    });
  });
}
