import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault, sha256 } from '../base/portable.ts';
import { models } from './arbitraries.fixture.ts';
import { decodeModel, encodeModel } from './codec.ts';

/** A Fault, or the test fails: no other error, no success. */
function faultOf(act: () => unknown): Fault {
  try {
    act();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('no fault');
}

/** The bytes with a checksum that fits them, so that what is behind it is tested. */
function resealed(bytes: Uint8Array): Uint8Array {
  const sealed = Uint8Array.from(bytes);
  sealed.set(sha256(bytes.subarray(0, -8)).subarray(0, 8), bytes.length - 8);
  return sealed;
}

describe('decodeModel', () => {
  it('undoes encodeModel, and equal models have equal bytes', () => {
    fc.assert(
      fc.property(models(), (model) => {
        const bytes = encodeModel(model);
        expect(decodeModel(bytes)).toEqual(model);
        expect(encodeModel(decodeModel(bytes))).toEqual(bytes);
      }),
    );
  });

  it('finds every flipped bit and every truncation', () => {
    fc.assert(
      fc.property(models(), fc.nat(), fc.nat(), (model, flip, cut) => {
        const bytes = encodeModel(model);
        const flipped = Uint8Array.from(bytes);
        flipped[flip % bytes.length]! ^= 1 << (flip % 8);
        expect(faultOf(() => decodeModel(flipped)).kind).toBe('corrupt');
        expect(faultOf(() => decodeModel(bytes.subarray(0, cut % bytes.length))).kind).toBe('corrupt');
      }),
    );
  });

  it('gives a model or a Fault for bytes made wrong on purpose, checksum and all', () => {
    fc.assert(
      fc.property(
        models(),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }),
        (model, edits) => {
          const bytes = encodeModel(model);
          for (const [at, value] of edits) bytes[at % (bytes.length - 8)] = value;
          let decoded;
          try {
            decoded = decodeModel(resealed(bytes));
          } catch (error) {
            expect(error).toBeInstanceOf(Fault);
            return;
          }
          expect(encodeModel(decoded)).toEqual(resealed(bytes));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('refuses a count that the bytes cannot hold before it allocates', () => {
    const bytes = encodeModel({ bias: 0, features: [], trees: [] });
    new DataView(bytes.buffer).setUint32(16, 0xffffffff, true);
    expect(faultOf(() => decodeModel(resealed(bytes))).message).toMatch(/count exceeds/);
  });

  it('names a later version as newer', () => {
    const bytes = encodeModel({ bias: 0, features: [], trees: [] });
    new DataView(bytes.buffer).setUint32(4, 3, true);
    expect(faultOf(() => decodeModel(resealed(bytes))).kind).toBe('newer');
  });
});
