import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCounts } from './import-counts.ts';

it('counts every word once, the most frequent first, and holds a thousand of them', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.constantFrom('a', 'b', '__proto__'), fc.nat(3_000).map(String)), { maxLength: 4_000, size: 'max' }), (words) => {
    const counts = createCounts();
    for (const word of words) counts.add(word);
    const read = counts.read();
    expect(read.length).toBe(Math.min(1_000, new Set(words).size));
    expect(read.map(([, count]) => count)).toEqual(read.map(([, count]) => count).toSorted((a, b) => b - a));
    expect(read.reduce((sum, [, count]) => sum + count, counts.others())).toBe(words.length);
    for (const [word, count] of read.slice(0, 5)) expect(words.filter((one) => one === word)).toHaveLength(count);
  }), { numRuns: 30 });
});
