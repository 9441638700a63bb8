import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createKin, homeOf } from './kin.ts';
import { shardOf } from './shards.ts';

const subject = fc.tuple(fc.constantFrom('ld', 'vi', 'ct'), fc.nat(60)).map(([kind, n]) => `${kind}_${n}`);

it('all who are tied together have one home, that of a record where there is one, and nobody else has another than its own', () => {
  fc.assert(fc.property(fc.array(fc.tuple(subject, subject), { maxLength: 80 }), fc.constantFrom(1, 3), (pairs, shares) => {
    const kin = createKin(shares);
    const groups = new Map<string, Set<string>>();
    const groupOf = (one: string): Set<string> => groups.get(one) ?? new Set([one]);
    for (const [a, b] of pairs) {
      kin.tie(a, b);
      const both = new Set([...groupOf(a), ...groupOf(b)]);
      for (const one of both) groups.set(one, both);
    }
    const homes = kin.homes();
    const home = (one: string): number => homeOf(homes, one) ?? shardOf(one, shares);
    for (const group of new Set(groups.values())) {
      const [first] = [...group].map(home);
      expect([...group].map(home)).toEqual([...group].map(() => first));
      const records = [...group].filter((one) => !one.startsWith('vi_'));
      expect((records.length > 0 ? records : [...group]).map((one) => shardOf(one, shares))).toContain(first);
    }
    expect(homeOf(homes, 'ld_stranger')).toBeUndefined();
  }));
});

it('goes on when there are many', () => {
  const kin = createKin(1);
  const count = 20_000;
  for (let i = 0; i < count; i++) kin.tie(`vi_${i}`, `ld_${i}`);
  const homes = kin.homes();
  const astray = Array.from({ length: count }, (_, i) => i).filter((i) => (homeOf(homes, `vi_${i}`) ?? shardOf(`vi_${i}`, 1)) !== shardOf(`ld_${i}`, 1));
  expect(astray).toEqual([]);
});
