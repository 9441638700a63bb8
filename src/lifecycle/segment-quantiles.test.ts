import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentileScore } from '../bundle/index.ts';
import type { Dataset } from '../trees/index.ts';
import { segmentsOf } from './segment-quantiles.ts';

const tableOf = (codes: number[]): Dataset => ({
  rows: codes.length,
  columns: [
    { kind: 'categorical', name: 'lead_source', levels: ['Web', 'Fair', 'Call'], codes: Int32Array.from(codes) },
    { kind: 'numeric', name: 'country', values: new Float32Array(codes.length) },
  ],
});

const rows = fc.array(fc.record({ code: fc.integer({ min: -1, max: 2 }), raw: fc.double({ min: -3, max: 3, noNaN: true }), group: fc.nat({ max: 40 }) }), { maxLength: 80 });

test('a segment has quantiles from so many records on, not rows, and they are of its own raw', () => {
  fc.assert(fc.property(rows, fc.integer({ min: 1, max: 12 }), (all, fewest) => {
    const data = tableOf(all.map(({ code }) => code));
    const groups = Int32Array.from(all, ({ group }) => group);
    const held = Int32Array.from(all.keys()).filter((row) => row % 3 !== 0); // not every row is held out
    const raw = Float64Array.from(held, (row) => all[row]!.raw);
    const [found, ...more] = segmentsOf({ rows: held, raw, data, groups }, ['record_type', 'country', 'lead_source'], fewest);
    expect(more).toEqual([]);
    for (const [code, value] of ['Web', 'Fair', 'Call'].entries()) {
      const mine = [...held].filter((row) => all[row]!.code === code);
      const quantiles = found?.quantiles.get(value);
      expect(quantiles !== undefined).toBe(new Set(mine.map((row) => all[row]!.group)).size >= fewest);
      if (quantiles === undefined) continue;
      expect([...quantiles]).toEqual(mine.map((row) => all[row]!.raw).toSorted((a, b) => a - b));
      expect(percentileScore(quantiles, Infinity)).toBe(100);
    }
  }));
});

test('each row is a record where nobody says which are of one', () => {
  const data = tableOf([0, 0, 0, 1]);
  const [found] = segmentsOf({ rows: Int32Array.of(0, 1, 2, 3), raw: Float64Array.of(3, 1, 2, 9), data }, ['lead_source'], 3);
  expect([...found!.quantiles]).toEqual([['Web', Float64Array.of(1, 2, 3)]]);
});
