import fc from 'fast-check';
import { expect, test } from 'vitest';
import { log } from '../base/index.ts';
import { arrange } from './arrange.ts';
import { candidateFixture as candidate, CONTEXT, policyOf, worth } from './arrange/candidates.fixture.ts';
import { valueReasons } from './value-reasons.ts';

const priority = (value: number, usual?: number) => ({ total: value, chance: 1, value, factors: [], ...(usual !== undefined && { usual }) });

test('a value is told against what is usual on the list, with its own amount', () => {
  expect(valueReasons(priority(250_000, 100_000), { amount: 250_000, currency: 'EUR', from: 'own' })).toEqual([
    { theme: 'value', direction: 'for', sentence: 'its amount is 250,000 EUR, 2.5 times what is usual on the list', effect: log(2.5) },
  ]);
  expect(valueReasons(priority(5_000, 20_000), { amount: 5_000, currency: null, from: 'model' })).toMatchObject([
    { direction: 'against', sentence: 'such a one is worth 5,000, 0.25 times what is usual on the list' },
  ]);
});

test('nothing is told of a usual value, of none, and where the list says nothing', () => {
  const value = { amount: 105, currency: 'EUR', from: 'own' } as const;
  expect([valueReasons(priority(105, 100), value), valueReasons(priority(105, 100), null), valueReasons(priority(105), value)]).toEqual([[], [], []]);
});

test('on a list it stands with its effect: the differences of two add up to that of their values', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 9 }), (amounts) => {
    const all = amounts.map((amount, at) => candidate(`op_${at}`, 0.2, { assessment: { value: worth(amount) } }));
    const { items } = arrange(all, CONTEXT, policyOf(), 1);
    const usual = amounts.toSorted((a, b) => a - b)[Math.floor((amounts.length - 1) / 2)]!;
    for (const { subject, priority: its, reasons } of items) {
      const amount = amounts[Number(subject.slice(3))]!;
      expect(its.usual).toBe(usual);
      expect(reasons).toEqual(valueReasons(its, worth(amount)));
      for (const { effect, direction } of reasons) expect([effect, direction]).toEqual([log(amount / usual), amount > usual ? 'for' : 'against']);
    }
  }));
});

test('two lists that differ in what is usual alone have other digests', () => {
  const listed = (lead: number | null) => {
    const amounts = [['ld_1', 10], ['ld_2', lead], ['op_1', 30], ['op_2', 20]] as const;
    const { digest, items } = arrange(amounts.map(([subject, amount]) => candidate(subject, 0.2, { assessment: { value: worth(amount) } })), CONTEXT, policyOf(), 1);
    return { digest, priorities: items.map(({ subject, priority: { total, chance, value, factors } }) => [subject, total, chance, value, factors]), usual: items[0]!.priority.usual };
  };
  const [known, unknown] = [listed(10), listed(null)];
  expect([known.usual, unknown.usual]).toEqual([10, 20]);
  expect(known.priorities).toEqual(unknown.priorities);
  expect(known.digest).not.toBe(unknown.digest);
});
