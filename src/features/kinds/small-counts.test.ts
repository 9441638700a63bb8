import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EMPTY } from './accumulator.ts';
import { smallCounts } from './small-counts.ts';
import { countCell } from './tile-cells.ts';
import { ring } from './tiles.ts';

it('small counts leave the bytes of the plain ring, and read as it does', () => {
  const events = fc.array(fc.tuple(fc.integer({ min: -300, max: 3_000 }), fc.constantFrom(1, 1, 1, EMPTY)), { maxLength: 400 });
  fc.assert(fc.property(events, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 90 }), fc.integer({ min: -400, max: 9_000 }), fc.nat(40), (all, tiles, tile, now, window) => {
    const [fast, plain] = [smallCounts({ tile, tiles }), ring({ tile, tiles, cell: countCell(1) })];
    const [a, b] = [new DataView(new ArrayBuffer(fast.bytes)), new DataView(new ArrayBuffer(plain.bytes))];
    fast.init(a, 0);
    plain.init(b, 0);
    for (const [time, value] of all) {
      fast.add(a, 0, time, 0, value);
      plain.add(b, 0, time, 0, value);
    }
    expect(new Uint8Array(a.buffer)).toEqual(new Uint8Array(b.buffer));
    expect(fast.over(a, 0, now, Math.min(window, tiles))).toBe(plain.over(b, 0, now, Math.min(window, tiles)));
  }));
});
