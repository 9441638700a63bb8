import { expect, test } from 'vitest';
import type { LoggedEvent } from '../../events/index.ts';
import { findKin } from './kin.ts';
import { openSource } from './open-source.ts';
import { logOf, START } from './testing.ts';

const MANAGERS: Readonly<Record<string, string>> = { a: 'north', b: 'north', c: 'south', d: 'south', north: 'chief', south: 'chief', chief: 'board', lone: 'board' };

const managed = (user: string, manager: string, offset: number): LoggedEvent =>
  ({ id: `e${offset}`, source: 'crm', type: 'user.changed', version: 1, subject: `us_${user}`, time: START, knownAt: START, received: START, offset, data: { manager: `us_${manager}` } }) as unknown as LoggedEvent;

test('users are tied to their team, not to all above them', async () => {
  const events = Object.entries(MANAGERS).map(([user, manager], offset) => managed(user, manager, offset));
  const { roots, moving } = findKin(await openSource(await logOf(events)));
  const rootOf = (user: string): string => roots.get(`us_${user}`) ?? `us_${user}`;
  const groups = Map.groupBy(Object.keys(MANAGERS), rootOf);
  expect([...groups.values()].map((users) => users.toSorted().join(' ')).toSorted()).toEqual(['a b', 'c d', 'chief lone', 'north south']);
  expect(moving.size).toBe(0);
});

test('the first of those who are tied together stands for all, however long the chain', async () => {
  const MOST = 3_000;
  const name = (n: number): string => String(10_000 + n);
  const events = Array.from({ length: MOST }, (_, n) => [managed(name(n), name(n), 2 * n), managed(name(n), name(n + 1), 2 * n + 1)]).flat();
  const { roots } = findKin(await openSource(await logOf(events)));
  expect(roots.size).toBe(2 * MOST);
  expect(new Set(roots.values())).toEqual(new Set([`tm_${name(0)}`]));
});
