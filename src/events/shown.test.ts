import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shown } from './shown.ts';

it.each([
  [-1, '"-1"'],
  ['12,5', '"12,5"'],
  ['sang', '"sang"'],
  ['31.12.2025 09:30', '"31.12.2025 09:30"'],
  ['2026-02-30T08:29:00Z', '"2026-02-30T08:29:00Z"'],
  ['12 March 2025', '(of the form "12 xxxxx 2025")'],
  ['EUR 1,500', '(of the form "xxx 1,500")'],
  ['Anna Müller', '(of the form "xxxx xxxxxx")'],
  ['+43 660 1234567', '(of the form "+99 999 9999999")'],
  ['ann@example.com', '(of the form "xxx@xxxxxxx.xxx")'],
  [436_601_234_567, '(of the form "999999999999")'],
  ['x'.repeat(812), '(a text of 812 characters)'],
  [['a', 'b'], '(a list of 2)'],
  [{ a: 1 }, '(an object)'],
])('of a plain field, of %j is shown %s', (raw, text) => {
  expect(shown(raw, 'plain')).toBe(text);
});

it.each([
  ['Anna', '(a text of 4 characters)'],
  ['x', '(a text of 1 character)'],
  [12, '(a number)'],
  [true, '(a boolean)'],
  [[1], '(a list of 1)'],
  [undefined, '(nothing)'],
])('of another one, of %j its type and length: %s', (raw, text) => {
  for (const privacy of ['coarsen', 'pseudonymise', 'employee', 'drop', 'unknown'] as const) expect(shown(raw, privacy)).toBe(text);
});

it('is one short line in which no word stands but one in lower case, and no number that could be dialled', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const line = shown(text, 'plain');
      expect(line.length).toBeLessThan(70);
      expect(line).not.toMatch(/[\n\r\u2028]/u);
      const found = /^(?:\(of the form )?"(?<found>.*)"\)?$/u.exec(line)?.groups?.['found'] ?? '';
      if (!/^[a-z_]+$/u.test(found)) expect(found).not.toMatch(/(?![xTZ])\p{L}/u);
      expect(found).not.toMatch(/[0-8]\D{0,2}(?:\d\D{0,2}){8}[0-8]/u);
    }),
    { numRuns: 500 },
  );
});
