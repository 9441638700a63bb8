import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ascending } from './order.ts';

it('gives the positions of numbers in ascending order, equal ones in their order', () => {
  const close = fc.integer({ min: 0, max: 2 ** 40 }).chain((base) => fc.array(fc.oneof(fc.nat(5), fc.nat()).map((more) => base + more), { maxLength: 60 }));
  fc.assert(
    fc.property(close, (values) => {
      const positions = [...values.keys()];
      expect([...ascending(Float64Array.from(values))]).toEqual(positions.toSorted((a, b) => values[a]! - values[b]!));
    }),
  );
});
