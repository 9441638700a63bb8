import fc from 'fast-check';
import { expect, it } from 'vitest';
import { getId, ID_BYTES, setId } from './ids.ts';
import { getSubject } from './subject-text.ts';

const digit = fc.constantFrom(...'01z');
/** Ids that are near one another: many share a slot, or most of their bytes. */
const id = fc.oneof(fc.array(digit, { minLength: 20, maxLength: 20 }).map((digits) => digits.join('')), fc.array(digit, { minLength: 1, maxLength: 13 }).map((digits) => digits.join('')), fc.constant(null));

it('reads what a row says now, whatever was read before, by the prefix that is asked for', () => {
  const view = new DataView(new ArrayBuffer(ID_BYTES + 2));
  fc.assert(fc.property(fc.array(fc.tuple(id, fc.constantFrom('ac_', 'us_')), { minLength: 1, maxLength: 50 }), (written) => {
    for (const [text, prefix] of [...written, ...written]) {
      setId(view, 1, text);
      expect(getId(view, 1)).toBe(text);
      expect(getSubject(view, 1, prefix)).toBe(text === null ? null : prefix + text);
    }
  }), { numRuns: 200 });
});
