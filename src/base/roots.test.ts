import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rootsOf } from './roots.ts';

const pairs = fc.integer({ min: 1, max: 20 }).chain((count) =>
  fc.record({ count: fc.constant(count), ties: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 15, size: 'max' }) }),
);

test('two have one root where a chain of ties leads from one to the other, and only there', () => {
  fc.assert(
    fc.property(pairs, ({ count, ties }) => {
      const root = rootsOf(count, ties.flat());
      const groups = Array.from({ length: count }, (_, i) => new Set([i]));
      for (const [a, b] of ties) {
        const joined = new Set([...groups[a]!, ...groups[b]!]);
        for (const one of joined) groups[one] = joined;
      }
      for (let a = 0; a < count; a++) {
        expect(root[root[a]!]).toBe(root[a]);
        for (let b = 0; b < count; b++) expect(root[a] === root[b]).toBe(groups[a]!.has(b));
      }
    }),
  );
});

test('the first of a pair stands for both', () => {
  expect([...rootsOf(3, [2, 0])]).toEqual([2, 1, 2]);
});
