import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderInTime } from './order-in-time.ts';

const rowsOf = (times: number, maxLength: number) => fc.array(fc.record({ time: fc.nat(times), offset: fc.nat(3) }), { maxLength });

test('orders rows by time, those of one time as they compare; equal ones keep their order', () => {
  fc.assert(
    fc.property(fc.oneof(rowsOf(9, 40), rowsOf(0, 80)), (rows) => {
      const order = orderInTime(Float64Array.from(rows, ({ time }) => time), (a, b) => rows[a]!.offset - rows[b]!.offset);
      expect([...order]).toEqual([...rows.keys()].toSorted((a, b) => rows[a]!.time - rows[b]!.time || rows[a]!.offset - rows[b]!.offset || a - b));
    }),
  );
});
