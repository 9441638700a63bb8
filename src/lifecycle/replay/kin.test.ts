import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LoggedEvent } from '../../events/index.ts';
import { bucketIn, identityOf, isVisitor } from './identity.ts';
import { openSource } from './open-source.ts';
import { logOf, rootsIn, START } from './testing.ts';

const MANAGERS: Readonly<Record<string, string>> = { a: 'north', b: 'north', c: 'south', d: 'south', north: 'chief', south: 'chief', chief: 'board', lone: 'board' };

const logged = (type: string, subject: string, data: object, offset: number): LoggedEvent =>
  ({ id: `e${offset}`, source: 'crm', type, version: 1, subject, time: START, knownAt: START, received: START, offset, data }) as unknown as LoggedEvent;
const managed = (user: string, manager: string, offset: number): LoggedEvent => logged('user.changed', `us_${user}`, { manager: `us_${manager}` }, offset);

const kinOfAll = async (events: readonly LoggedEvent[]) => rootsIn(await openSource(await logOf(events)));

test('users are tied to their team, not to all above them', async () => {
  const { roots } = await kinOfAll(Object.entries(MANAGERS).map(([user, manager], offset) => managed(user, manager, offset)));
  const groups = Map.groupBy(Object.keys(MANAGERS), (user) => roots.of(`us_${user}`));
  expect([...groups.values()].map((users) => users.toSorted().join(' ')).toSorted()).toEqual(['a b', 'c d', 'chief lone', 'north south']);
  for (const user of Object.keys(MANAGERS)) expect(roots.homeOf(`us_${user}`)).toBe(bucketIn(identityOf(`us_${user}`)));
});

test('the first of those who are tied together stands for all, however long the chain', async () => {
  const MOST = 3_000;
  const name = (n: number): string => String(10_000 + n);
  const events = Array.from({ length: MOST }, (_, n) => [managed(name(n), name(n), 2 * n), managed(name(n), name(n + 1), 2 * n + 1)]).flat();
  const { roots } = await kinOfAll(events);
  const all = [...Array.from({ length: MOST }, (_, n) => `us_${name(n)}`), ...Array.from({ length: MOST + 1 }, (_, n) => `tm_${name(n)}`)];
  expect(new Set(all.map((one) => roots.of(one)))).toEqual(new Set([Math.min(...all.map(identityOf))]));
});

const named = (kind: string): fc.Arbitrary<string> => fc.nat(12).map((n) => `${kind}_${n}`);
const tie = fc.oneof(
  fc.tuple(fc.constant('link.visitor'), named('vi'), fc.record({ lead: named('ld') })),
  fc.tuple(fc.constant('link.visitor'), named('vi'), fc.record({ contact: named('ct') })),
  fc.tuple(fc.constant('record.merged'), named('ld'), fc.record({ loser: named('ld') })),
);

test('all who are tied together, and no others, have one root, which is no visitor', async () => {
  let all = 0;
  await fc.assert(fc.asyncProperty(fc.array(tie, { maxLength: 25 }), async (ties) => {
    const { roots, leaves } = await kinOfAll(ties.map(([type, subject, data], offset) => logged(type, subject, data, offset)));
    const groups = new Map<string, Set<string>>();
    for (const [, subject, data] of ties) {
      const both = new Set([subject, ...Object.values(data)].flatMap((one) => Array.from(groups.get(one) ?? [one])));
      for (const one of both) groups.set(one, both);
    }
    const found = Map.groupBy(groups.keys(), (one) => roots.of(one));
    expect(new Set([...found.values()].map((group) => group.toSorted().join(' ')))).toEqual(new Set([...groups.values()].map((group) => [...group].toSorted().join(' '))));
    for (const [root, group] of found) {
      expect(group.map(identityOf)).toContain(root);
      expect(isVisitor(root)).toBe(false);
      for (const one of group) expect(roots.homeOf(one)).toBe(bucketIn(root));
    }
    all += leaves;
  }));
  expect(all).toBeGreaterThan(100);
});
