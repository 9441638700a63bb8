import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExperimentSpec } from '../experiment/index.ts';
import { assign, type AssignOptions } from './assign.ts';

const SPEC: ExperimentSpec = { name: 'payoff', share: 0.5, unit: 'team', salt: 'payoff', from: 100, until: 200 };
const USERS: Readonly<Record<string, { manager: string | null; queue: boolean }>> = {
  us_a: { manager: 'us_m', queue: false }, us_b: { manager: 'us_m', queue: false }, us_m: { manager: 'us_top', queue: false },
  us_q: { manager: 'us_m', queue: true }, us_top: { manager: null, queue: false },
};
const asked = (over: Partial<AssignOptions> = {}): AssignOptions => ({ now: 150, asker: null, user: (subject) => USERS[subject], ...over });
const record = (owner: string | null, account: string | null = null) => ({ subject: 'ld_1', owner, account });

describe('the unit of a record', () => {
  test.each<[string, Partial<ExperimentSpec>, string | null, string | null, string | null]>([
    ['the team of its owner', {}, 'us_a', null, 'tm_m'],
    ['whoever looks at it', {}, 'us_a', 'us_top', 'tm_m'],
    ['one who leads nobody’s team but the own', {}, 'us_top', null, 'us_top'],
    ['a manager, who is in the team of the one above', {}, 'us_m', null, 'tm_top'],
    ['one of whom nothing is known', {}, 'us_x', null, 'us_x'],
    ['of a queue, that of who asks', {}, 'us_q', 'us_b', 'tm_m'],
    ['of nobody, that of who asks', {}, null, 'us_b', 'tm_m'],
    ['of nobody whom nobody asks for', {}, null, null, null],
    ['its owner', { unit: 'rep' }, 'us_a', null, 'us_a'],
  ])('is %s', (_name, over, owner, asker, unit) => {
    expect(assign({ ...SPEC, ...over }, record(owner), asked({ asker: asker }))?.unit ?? null).toBe(unit);
  });

  test('is its account, else itself', () => {
    const spec = { ...SPEC, unit: 'account' } as const;
    expect(assign(spec, record('us_a', 'ac_1'), asked())?.unit).toBe('ac_1');
    expect(assign(spec, record(null), asked())?.unit).toBe('ld_1');
  });
});

test('all of a unit are in one arm, at every time at which the experiment is on, and in none at any other', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 100, max: 199 }), fc.string(), (salt, now, subject) => {
      const spec = { ...SPEC, salt };
      const [one, other] = [record('us_a'), { ...record('us_b'), subject }].map((it) => assign(spec, it, asked({ now })));
      expect(other).toEqual(one);
      expect(one).toMatchObject({ experiment: 'payoff', arm: expect.stringMatching(/^(control|treatment)$/u) });
    }),
  );
  expect(assign(SPEC, record('us_a'), asked({ now: 99 }))).toBeNull();
  expect(assign(SPEC, record('us_a'), asked({ now: 200 }))).toBeNull();
  expect(assign(undefined, record('us_a'), asked())).toBeNull();
});
