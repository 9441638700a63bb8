import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pack, unpack } from './packed.ts';

const byte = fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) });
const row = fc.oneof(fc.array(byte, { maxLength: 90 }), fc.array(byte, { minLength: 2_000, maxLength: 4_200 })).map((bytes) => Uint8Array.from(bytes));

it('unpacks to what was packed', () => {
  fc.assert(fc.property(row, (bytes) => void expect(unpack(pack(bytes).slice())).toEqual(bytes)), { numRuns: 300 });
  expect(unpack(pack(new Uint8Array(65_535).fill(7)))).toEqual(new Uint8Array(65_535).fill(7));
});

it('makes little of zeros, and refuses what is too long', () => {
  expect(pack(new Uint8Array(790)).length).toBe(4);
  expect(() => pack(new Uint8Array(2 ** 16))).toThrow(/65536 bytes/u);
});
