import { expect, test } from 'vitest';
import { DAY, HOUR } from '../../base/index.ts';
import type { FieldValue, LoggedEvent, SubjectId } from '../../events/index.ts';
import { DEFAULT_FEATURES, openMemoryState } from '../../features/index.ts';
import { NOBODY } from '../calendar/calendar.ts';
import { DEFAULT_POLICY, parsePolicy } from '../policy.ts';
import { NOW } from './book.fixture.ts'; // a Monday
import { endedLately } from './ended.ts';

const policy = parsePolicy(DEFAULT_POLICY);

type Told = readonly [type: string, subject: string, time: number, data?: Record<string, FieldValue>];

function stateOf(told: readonly Told[]) {
  const state = openMemoryState({ features: DEFAULT_FEATURES.slice(0, 1) });
  state.fold(told.map(([type, subject, time, data = {}], offset): LoggedEvent =>
    ({ id: `e-${offset}`, source: 'salesforce', type, version: 1, subject: subject as SubjectId, time, received: NOW, knownAt: NOW, offset, data }) as LoggedEvent));
  return state;
}

test('on a Monday what one closed since Friday is told, the newest first; what another has by now, or was reopened, is not', () => {
  const ends: [id: string, type: string, ago: number][] = [
    ['ld_today', 'lead.converted', HOUR], ['ld_friday', 'lead.closed', 2.5 * DAY], ['ld_thursday', 'lead.closed', 3.5 * DAY], ['ld_again', 'lead.closed', DAY], ['ld_gone', 'lead.closed', DAY],
    ['ld_deleted', 'lead.closed', DAY],
  ];
  const state = stateOf([
    ...ends.map(([id]): Told => ['lead.created', id, NOW - 40 * DAY, { owner: 'us_a' }]),
    ...ends.map(([id, type, ago]): Told => [type, id, NOW - ago]),
    ['lead.reopened', 'ld_again', NOW - HOUR], ['lead.changed', 'ld_gone', NOW - HOUR, { owner: 'us_b' }], ['lead.deleted', 'ld_deleted', NOW - HOUR],
    ['opportunity.created', 'op_lost', NOW - 9 * DAY, { owner: 'us_a' }], ['opportunity.lost', 'op_lost', NOW - DAY],
  ]);
  const told = (user: string): [string, string][] => endedLately(state, { user, rep: NOBODY, now: NOW }, policy).map(({ subject, status }) => [subject, status]);
  expect(told('us_a')).toEqual([['ld_today', 'converted'], ['op_lost', 'closed'], ['ld_friday', 'closed']]);
  expect(told('us_b')).toEqual([['ld_gone', 'closed']]);
  expect(told('us_c')).toEqual([]);
});

test('of thousands the newest are told, and no other is read', () => {
  const state = stateOf(Array.from({ length: 3_000 }, (_, n): Told[] => [['lead.created', `ld_${n}`, NOW - 40 * DAY, { owner: 'us_a' }], ['lead.closed', `ld_${n}`, NOW - DAY + n]]).flat());
  let reads = 0;
  const counting = { ended: state.ended, record: (subject: SubjectId) => ((reads += 1), state.record(subject)) };
  const told = endedLately(counting, { user: 'us_a', rep: NOBODY, now: NOW }, policy).map(({ subject }) => subject);
  expect(told).toEqual(Array.from({ length: 50 }, (_, n) => `ld_${2_999 - n}`));
  expect(reads).toBe(50);
});
