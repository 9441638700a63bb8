import { expect, test } from 'vitest';
import type { LoggedEvent } from '../../events/index.ts';
import { findKin } from './kin.ts';
import { openSource } from './open-source.ts';
import { logOf, START } from './testing.ts';

const MANAGERS: Readonly<Record<string, string>> = { a: 'north', b: 'north', c: 'south', d: 'south', north: 'chief', south: 'chief', chief: 'board', lone: 'board' };

test('users are tied to their team, not to all above them', async () => {
  const events = Object.entries(MANAGERS).map(([user, manager], offset) =>
    ({ id: `e${offset}`, source: 'crm', type: 'user.changed', version: 1, subject: `us_${user}`, time: START, knownAt: START, received: START, offset, data: { manager: `us_${manager}` } }) as unknown as LoggedEvent);
  const { roots, moving } = findKin(await openSource(await logOf(events)));
  const rootOf = (user: string): string => roots.get(`us_${user}`) ?? `us_${user}`;
  const groups = Map.groupBy(Object.keys(MANAGERS), rootOf);
  expect([...groups.values()].map((users) => users.toSorted().join(' ')).toSorted()).toEqual(['a b', 'c d', 'chief lone', 'north south']);
  expect(moving.size).toBe(0);
});
