import fc from 'fast-check';
import { expect, it } from 'vitest';
import { getId, ID_BYTES, setId } from './ids.ts';

const DIGITS = [...'0123456789abcdefghijklmnopqrstuvwxyz'];
const packed = fc.array(fc.constantFrom(...DIGITS), { minLength: 20, maxLength: 20 }).map((digits) => digits.join(''));
const raw = fc.stringMatching(/^[!-~]{1,13}$/u);

it('reads an id as it was written, and writes no byte beside its own', () => {
  fc.assert(fc.property(fc.oneof(packed, fc.constantFrom('0'.repeat(20), 'z'.repeat(20)), raw), fc.oneof(packed, raw), (before, id) => {
    const view = new DataView(new ArrayBuffer(ID_BYTES + 2));
    setId(view, 1, before);
    setId(view, 1, id);
    expect(getId(view, 1)).toBe(id);
    expect([view.getUint8(0), view.getUint8(ID_BYTES + 1)]).toEqual([0, 0]);
    setId(view, 1, null);
    expect(getId(view, 1)).toBeNull();
  }), { numRuns: 500 });
});

it('refuses what it cannot hold', () => {
  expect(() => setId(new DataView(new ArrayBuffer(ID_BYTES)), 0, 'x'.repeat(14))).toThrow(/at most 13 characters/u);
});
