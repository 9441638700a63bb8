import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRecent } from './recent.ts';

it('gives what was set last, or nothing, and holds no more than it may', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...'abcdefghij'), fc.string())), fc.constantFrom(0, 600, 1e6), (entries, most) => {
    const recent = createRecent<string>({ most });
    const all = new Map<string, string>();
    for (const [key, value] of entries) {
      recent.set(key, value);
      all.set(key, value);
      expect(recent.get(key)).toBe(value);
    }
    for (const [key, value] of all) expect([value, undefined]).toContain(recent.get(key));
    if (most === 1e6) expect([...all.keys()].map(recent.get)).toEqual([...all.values()]);
  }));
});

it('keeps what is asked for, forgets what is not, and all when it is cleared', () => {
  const recent = createRecent<string>({ most: 20 * 112 });
  recent.set('hot', 'h');
  recent.set('cold', 'c');
  for (let i = 0; i < 100; i++) {
    recent.set(String(i), '');
    expect(recent.get('hot')).toBe('h');
  }
  expect(recent.get('cold')).toBeUndefined();
  recent.clear();
  expect(recent.get('hot')).toBeUndefined();
});
