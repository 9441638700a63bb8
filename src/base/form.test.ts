import { describe, expect, it } from 'vitest';
import { between, listOf, named, oneWord, optional, pair, shape, text, type Form } from './form.ts';

interface Thing {
  name: string;
  size?: number | undefined;
  kinds: readonly ('a' | 'b')[];
  weights: Readonly<Record<string, readonly [number, string]>>;
}

const thing: Form<Thing> = shape<Thing>({
  name: text,
  size: optional(between(0, 9)),
  kinds: listOf(oneWord(['a', 'b'])),
  weights: named(pair(between(0, 1), text)),
});

describe('a form', () => {
  it('gives what it was given, frozen', () => {
    const given = { name: 'x', kinds: ['a'], weights: { w: [0.5, 'y'] } };
    const read = thing(given, '');
    expect(read).toEqual(given);
    expect(Object.isFrozen(read)).toBe(true);
  });

  it('takes what is left out from before', () => {
    const before = thing({ name: 'x', size: 3, kinds: ['b'], weights: {} }, '');
    expect(thing({ name: 'y' }, '', before)).toEqual({ name: 'y', size: 3, kinds: ['b'], weights: {} });
  });

  it.each([
    [{ name: '' }, 'name: "": is a text; correct it there'],
    [{ name: 'x', size: 10 }, 'size: "10": is a number from 0 to 9; correct it there'],
    [{ name: 'x', kinds: ['c'] }, 'kinds[0]: "c": is not known here; use a, b'],
    [{ name: 'x', kinds: 'a' }, 'kinds: "a": is a list; correct it there'],
    [{ name: 'x', kinds: [], weights: { w: [1] } }, 'weights.w: "[1]": is a list of two; correct it there'],
    [{ name: 'x', kinds: [], weights: [] }, 'weights: "[]": holds named entries; correct it there'],
    [{ name: 'x', shoe: 1 }, 'the file: "shoe": is not known here; use name, size, kinds, weights'],
    [[], 'the file: "[]": holds named entries; correct it there'],
    [{}, 'name: nothing: is a text; correct it there'],
  ])('%j is refused with its place', (value, message) => {
    expect(() => thing(value, '')).toThrow(message);
  });
});
