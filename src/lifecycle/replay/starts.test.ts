import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inverseOf } from './inverse.ts';
import { layByKey, startsOf } from './starts.ts';

const keysBelow = fc.integer({ min: 1, max: 9 }).chain((count) => fc.tuple(fc.constant(count), fc.array(fc.nat(count - 1), { maxLength: 40 })));

test('rows of a key lie between where it starts and where the next one does', () => {
  fc.assert(fc.property(keysBelow, ([count, keys]) => {
    const starts = startsOf(Int32Array.from(keys), count);
    expect([...starts]).toEqual(Array.from({ length: count + 1 }, (_, key) => keys.filter((one) => one < key).length));
    const order = layByKey(Int32Array.from(keys), starts, new Int32Array(keys.length));
    expect([...order]).toEqual([...keys.keys()].toSorted((a, b) => keys[a]! - keys[b]!));
  }));
});

test('a row is found where an order put it', () => {
  fc.assert(fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 }), (order) => {
    expect([...inverseOf(Int32Array.from(order))]).toEqual(order.map((_, row) => order.indexOf(row)));
  }));
});
