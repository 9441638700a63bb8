import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ordinalOf, ordinalText } from './ordinal.ts';

describe('--ordinal', () => {
  test('what is written is read back', () => {
    const name = fc.string({ minLength: 1, unit: fc.constantFrom('a', 'b', ' ', '=', '<', '"', 'ü') });
    const levels = fc.uniqueArray(name, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(name, levels, (column, order) => {
        expect(ordinalOf(ordinalText(column, order))).toEqual({ [column]: order });
      }),
    );
  });
  test('spaces around marks are no part of a name, several flags add up', () => {
    const first = ordinalOf(' Company size = small < medium <"very large" ');
    expect(ordinalOf('"a=b"="<1"<"1 ""or"" more"', first)).toEqual({
      'Company size': ['small', 'medium', 'very large'],
      'a=b': ['<1', '1 "or" more'],
    });
  });
  it.each([
    ['size', 'a column and its levels'],
    ['size=', 'a column and its levels'],
    ['=small<large', 'a column and its levels'],
    ['size=small<', 'a column and its levels'],
    ['size=small<<large', 'a column and its levels'],
    ['size=small=large', 'a column and its levels'],
    ['size=sm"all<large', 'a column and its levels'],
    ['size=small', 'at least two levels'],
    ['size=small<large<small', '“small” stands there twice'],
  ])('%s is refused', (text, words) => {
    expect(() => ordinalOf(text)).toThrow(words);
  });
  test('a column has one order', () => {
    expect(() => ordinalOf('size=b<a', ordinalOf('size=a<b'))).toThrow('has an order already');
  });
});
