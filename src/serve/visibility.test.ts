import { expect, it, vi } from 'vitest';
import { memoryIdentities } from '../events/index.ts';
import type { State } from '../features/index.ts';
import { createVisibility } from './visibility.ts';

/** A manager of two reps, of whom one has taken over from somebody who left, and the other works in a territory with a queue. */
function hierarchy() {
  const identities = memoryIdentities();
  const [boss, ann, bob, gone, queue, stranger] = ['boss', 'ann', 'bob', 'gone', 'queue', 'stranger'].map((name) => identities.subjectOf('user', name));
  const team = vi.fn<(user: string) => unknown[]>((user) => (user === boss ? [ann, bob] : []));
  const state = {
    team,
    user: (user: string) => ({ territories: user === bob ? ['north'] : [], awayUntil: null }),
    left: (user: string) => (user === ann ? [gone] : []),
    queues: (territory: string) => (territory === 'north' ? [queue] : []),
  } as unknown as State;
  const records = { ann, bob, gone, queue, stranger, boss, north: null, south: null };
  const seen = (user: string, role: 'rep' | 'manager' | 'ops'): string[] => {
    const isVisible = createVisibility({ identities, state }).records({ user, role, scopes: [], expires: 0 });
    return Object.entries(records).filter(([name, owner]) => isVisible({ owner: owner ?? null, territories: owner === null ? [name] : [] })).map(([name]) => name);
  };
  return { team, seen, records };
}

it('shows the own records, those of the team and of its lists, all to who looks after the service, none to who is unknown', () => {
  const { seen, records } = hierarchy();
  expect(seen('boss', 'manager')).toEqual(['ann', 'bob', 'gone', 'queue', 'boss', 'north']);
  expect(seen('boss', 'rep')).toEqual(['boss']);
  expect(seen('ann', 'rep')).toEqual(['ann', 'gone']);
  expect(seen('bob', 'rep')).toEqual(['bob', 'queue', 'north']);
  expect(seen('nobody', 'manager')).toEqual([]);
  expect(seen('nobody', 'ops')).toEqual(Object.keys(records));
});

it('looks the hierarchy up once, however many records there are', () => {
  const { team, seen } = hierarchy();
  seen('boss', 'manager');
  expect(team.mock.calls.filter(([user]) => user === team.mock.calls[0]![0])).toHaveLength(2); // whose lists, and of the own list who is away
});
