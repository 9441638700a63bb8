import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoTime } from './iso.ts';

it('is the text that the system gives', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }), (at) => {
    expect(isoTime(at)).toBe(new Date(at).toISOString());
  }));
});
