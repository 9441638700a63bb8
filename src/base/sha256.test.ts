import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha256 as ofNode } from './hash.ts';
import { sha256 } from './sha256.ts';

it('is the digest that Node computes, at every length around a block', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(sha256(bytes)).toEqual(Uint8Array.from(ofNode(bytes)));
    }),
  );
});
