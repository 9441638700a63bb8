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
  const told = (user: string): [string, string][] => endedLately(state, { user, rep: NOBODY, now: NOW }, policy).ended.map(({ subject, as }) => [subject, as]);
  expect(told('us_a')).toEqual([['ld_today', 'converted'], ['op_lost', 'closed'], ['ld_friday', 'closed']]);
  expect(told('us_b')).toEqual([['ld_gone', 'closed']]);
  expect(told('us_c')).toEqual([]);
});

test('of thousands the newest 500 are told, and that there are more; of 500 there are none', () => {
  const closing = (user: string, count: number): Told[] =>
    Array.from({ length: count }, (_, n): Told[] => [['lead.created', `ld_${user}${n}`, NOW - 40 * DAY, { owner: user }], ['lead.closed', `ld_${user}${n}`, NOW - DAY + n]]).flat();
  const state = stateOf([...closing('us_a', 3_000), ...closing('us_b', 500)]);
  const of = (user: string) => endedLately({ ended: state.ended }, { user, rep: NOBODY, now: NOW }, policy);
  expect(of('us_a')).toEqual({ isCut: true, ended: Array.from({ length: 500 }, (_, n) => ({ subject: `ld_us_a${2_999 - n}`, as: 'closed' })) });
  expect([of('us_b').isCut, of('us_b').ended.length]).toEqual([false, 500]);
});
