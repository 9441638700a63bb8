import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shelvesOf } from './shelves.ts';

const NOW = 1_000;

interface User {
  readonly manager: string | null;
  readonly is: 'there' | 'away' | 'left';
}

function hierarchyOf(users: Readonly<Record<string, User>>) {
  const reports = (manager: string, isActive: (user: User) => boolean): string[] => Object.keys(users).filter((id) => users[id]!.manager === manager && isActive(users[id]!)).toSorted();
  return {
    user: (id: string) => (users[id] === undefined ? undefined : { active: users[id].is !== 'left', awayUntil: users[id].is === 'away' ? NOW + 1 : NOW - 1, territories: [], manager: users[id].manager }),
    team: (manager: string) => reports(manager, ({ is }) => is !== 'left'),
    left: (manager: string) => reports(manager, ({ is }) => is === 'left'),
    queues: () => [],
  };
}

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const users = fc.record(Object.fromEntries(NAMES.map((name) => [name, fc.record({ manager: fc.constantFrom(...NAMES, null), is: fc.constantFrom('there', 'away', 'left') })]))) as fc.Arbitrary<Record<string, User>>;

/** Who answers for somebody: the next one up who is there; null where everybody above is away or left, or it goes in a circle. And whether all between left. */
function answers(of: Readonly<Record<string, User>>, owner: string): { who: string; left: boolean } | null {
  const asked = new Set([owner]);
  for (let at = of[owner]!.manager, left = of[owner]!.is === 'left'; at !== null && !asked.has(at); at = of[at]!.manager) {
    if (of[at]!.is === 'there') return { who: at, left };
    left &&= of[at]!.is === 'left';
    asked.add(at);
  }
  return null;
}

test('whoever is away or left, in whatever hierarchy, somebody who is there answers, and for nobody else', () => {
  fc.assert(fc.property(users, (of) => {
    const hierarchy = hierarchyOf(of);
    const shelves = new Map(NAMES.filter((name) => of[name]!.is === 'there').map((name) => [name, shelvesOf(hierarchy, name, NOW)]));
    for (const owner of NAMES) {
      const answering = of[owner]!.is === 'there' ? { who: owner, left: true } : answers(of, owner);
      const having = [...shelves].flatMap(([who, { own, urgent }]) => (own.includes(owner) ? [{ who, left: true }] : urgent.includes(owner) ? [{ who, left: false }] : []));
      expect(having).toEqual(answering === null ? [] : [answering]);
    }
    for (const { own, urgent } of shelves.values()) expect(new Set([...own, ...urgent]).size).toBe(own.length + urgent.length);
  }), { numRuns: 400 });
});

test('who is asked for while away has the own shelf first', () => {
  const hierarchy = hierarchyOf({ a: { manager: 'b', is: 'away' }, b: { manager: 'a', is: 'away' } });
  expect(shelvesOf(hierarchy, 'a', NOW)).toEqual({ own: ['a'], shared: [], urgent: ['b'] });
});
