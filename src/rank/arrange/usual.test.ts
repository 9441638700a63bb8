import fc from 'fast-check';
import { expect, test } from 'vitest';
import { usualAmong } from './usual.ts';

const valued = fc.array(fc.tuple(fc.constantFrom('ld_1', 'ld_2', 'op_1', 'op_2', 'ac_1'), fc.integer({ min: 1, max: 50 })), { maxLength: 60, size: 'max' });

test('is a value of the kind, below which less than half of the kind lie and above which at most half do', () => {
  fc.assert(
    fc.property(valued, fc.constantFrom('ld_', 'op_'), (given, kind) => {
      const own = given.filter(([subject]) => subject.startsWith(kind)).map(([, value]) => value);
      const usual = usualAmong(given);
      const value = usual.of(`${kind}9`);
      const among = own.length > 0 ? own : given.map(([, one]) => one);
      if (own.length === 0) expect(value).toBe(usual.all);
      if (among.length === 0) {
        expect(value).toBe(1);
        return;
      }
      expect(among).toContain(value);
      expect(2 * among.filter((one) => one < value).length).toBeLessThan(among.length);
      expect(2 * among.filter((one) => one > value).length).toBeLessThanOrEqual(among.length);
    }),
  );
});
