import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../base/portable.ts';
import { importanceThreshold, sampleColumns, sampleRows } from './sample.ts';

const share = fc.double({ min: 0.001, max: 1, noNaN: true });

describe('sampleRows', () => {
  it('gives ascending rows, never none, and about the share of many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), share, fc.integer(), (rows, part, seed) => {
        const chosen = [...(sampleRows(rows, part, random(seed)) ?? Array(rows).keys())];
        expect(chosen.length).toBeGreaterThan(0);
        expect(chosen).toEqual([...new Set(chosen)].toSorted((a, b) => a - b));
        expect(chosen.at(-1)).toBeLessThan(rows);
      }),
    );
    expect(sampleRows(10_000, 0.3, random(1))!.length / 10_000).toBeCloseTo(0.3, 1);
    expect(sampleRows(3, 1, random(1))).toBeUndefined();
  });
});

describe('sampleColumns', () => {
  it('gives the share of the columns that can be split, rounded up, ascending', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 30, size: 'max' }),
        share,
        fc.integer(),
        (binCounts, part, seed) => {
          const chosen = sampleColumns(binCounts, part, random(seed));
          const usable = binCounts.filter((count) => count > 1).length;
          expect(chosen).toHaveLength(Math.ceil(usable * part));
          expect(chosen.every((column) => binCounts[column]! > 1)).toBe(true);
          expect(chosen).toEqual([...new Set(chosen)].toSorted((a, b) => a - b));
        },
      ),
    );
  });

  it('gives every column its turn', () => {
    const source = random(7);
    const counts = new Uint32Array(4);
    for (let i = 0; i < 400; i++) for (const column of sampleColumns([2, 2, 2, 2], 0.5, source)) counts[column]!++;
    for (const count of counts) expect(count).toBeGreaterThan(150);
  });
});

describe('importanceThreshold', () => {
  it('draws the share that was asked for, within the width of a bucket', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 2 ** 31, noNaN: true }), { minLength: 20 }), share, (values, part) => {
        const counts = new Uint32Array(65_536);
        const words = new DataView(new ArrayBuffer(4));
        for (const value of values) {
          words.setFloat32(0, value);
          counts[words.getUint16(0)]!++;
        }
        const threshold = importanceThreshold(counts, part);
        const drawn = values.reduce((sum, value) => sum + Math.min(1, value / threshold), 0);
        expect(Math.abs(drawn / values.length - part)).toBeLessThan(0.02);
      }),
    );
  });

  it('takes all that say anything where fewer do than are asked for', () => {
    const counts = new Uint32Array(65_536);
    counts[0] = 90;
    counts[0x4e00] = 10;
    expect(importanceThreshold(counts, 0.5)).toBeLessThan(1);
  });
});
