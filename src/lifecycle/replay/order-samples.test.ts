import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderOf } from './order-samples.ts';

const samples = (times: number, maxLength: number) => fc.array(fc.record({ subject: fc.nat(4), time: fc.nat(times), shown: fc.option(fc.nat(3), { nil: undefined }) }), { maxLength });

it('orders by time, shown ones first and by offset, then by subject; equal ones keep their order', () => {
  fc.assert(
    fc.property(fc.oneof(samples(20, 60), samples(0, 80)), (rows) => {
      const names = ['ld_c', 'ld_a', 'ld_e', 'ld_b', 'ld_d'];
      const order = orderOf({
        names,
        subjects: Int32Array.from(rows, ({ subject }) => subject),
        times: Float64Array.from(rows, ({ time }) => time),
        reasons: Uint8Array.from(rows, ({ shown }) => Number(shown !== undefined)),
        offsets: Float64Array.from(rows, ({ shown }) => shown ?? NaN),
      });
      const key = (row: number): string => `${String(rows[row]!.time).padStart(3, '0')} ${rows[row]!.shown ?? '~'} ${names[rows[row]!.subject]!}`;
      expect([...order]).toEqual([...rows.keys()].toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a - b)));
    }),
  );
});
