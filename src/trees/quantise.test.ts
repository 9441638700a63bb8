import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binOf, quantileBorders, quantise, toFloat32 } from './quantise.ts';

const float32 = fc.float({ noNaN: true });
const ones = (length: number): Float64Array => new Float64Array(length).fill(1);

describe('quantileBorders', () => {
  it('gives ascending float32 borders, at most as many as asked, each between two values', () => {
    fc.assert(
      fc.property(fc.float32Array({ noNaN: true, maxLength: 60, size: 'max' }), fc.integer({ min: 1, max: 20 }), (values, max) => {
        const borders = quantileBorders(values, max);
        expect(borders.length).toBeLessThanOrEqual(max);
        borders.forEach((border, i) => {
          expect(Math.fround(border)).toBe(border);
          if (i > 0) expect(border).toBeGreaterThan(borders[i - 1]!);
          expect(values.some((value) => value > border)).toBe(true);
          expect(values.some((value) => value <= border)).toBe(true);
        });
      }),
    );
  });

  it('tells all distinct values apart where the borders suffice, neighbours of one ulp included', () => {
    fc.assert(
      fc.property(fc.array(float32, { minLength: 1, maxLength: 20, size: 'max' }), (given) => {
        const withNeighbour = [...given, nextFloat32(given[0]!)].filter((value) => value === value);
        const values = Float32Array.from(withNeighbour);
        const borders = quantileBorders(values, 254);
        const bins = new Set(Array.from(values, (value) => binOf(borders, value)));
        expect(bins.size).toBe(new Set(Array.from(values, (value) => value + 0)).size);
      }),
    );
  });

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 80, size: 'max' }), (values) => {
        const ascending = Float32Array.from(values).toSorted();
        expect(quantileBorders(Float32Array.from(values), 5)).toEqual(quantileBorders(ascending, 5));
      }),
    );
  });

  it('cuts many values into bins of about equal size', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => i);
    const borders = quantileBorders(values, 9);
    const counts = Array.from({ length: 10 }, () => 0);
    for (const value of values) counts[binOf(borders, value)]!++;
    expect(counts).toEqual(counts.map(() => 100));
  });

  it('has no border for a constant, for nothing and for zeros of both signs', () => {
    expect(quantileBorders(Float32Array.of(7, 7, 7), 254)).toEqual([]);
    expect(quantileBorders(new Float32Array(0), 254)).toEqual([]);
    expect(quantileBorders(Float32Array.of(0, -0), 254)).toEqual([]);
  });
});

describe('binOf', () => {
  it('counts the borders below the value', () => {
    fc.assert(
      fc.property(fc.float32Array({ noNaN: true }), float32, (values, value) => {
        const borders = quantileBorders(values, 50);
        expect(binOf(borders, value)).toBe(borders.filter((border) => value > border).length);
      }),
    );
  });

  it('compares float32 values: 0.7 is not greater than the border f32(0.7)', () => {
    expect(binOf([Math.fround(0.7)], toFloat32(0.7, 'low'))).toBe(0);
  });
});

describe('quantise', () => {
  it('puts missing values on the side of the label they resemble, behind a border of their own', () => {
    const values = Float64Array.of(1, 2, 3, 4, NaN, NaN);
    const low = quantise(values, Float64Array.of(0, 0, 1, 1, 0, 0), ones(6), 254);
    const high = quantise(values, Float64Array.of(0, 0, 1, 1, 1, 1), ones(6), 254);
    expect(low).toEqual({ missing: 'low', borders: [-Infinity, 1.5, 2.5, 3.5] });
    expect(high.missing).toBe('high');
    for (const { borders, missing } of [low, high]) {
      const binOfMissing = binOf(borders, toFloat32(NaN, missing));
      expect(Array.from([1, 2, 3, 4], (value) => binOf(borders, toFloat32(value, missing)))).not.toContain(
        binOfMissing,
      );
    }
  });

  it('keeps within the border bound with missing values too, and learns nothing from an all-missing column', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.double({ noNaN: true }), { nil: NaN }), { maxLength: 60, size: 'max' }),
        fc.integer({ min: 1, max: 8 }),
        (values, max) => {
          const labels = Float64Array.from(values, (_, i) => i % 2);
          const { borders } = quantise(Float64Array.from(values), labels, ones(values.length), max);
          expect(borders.length).toBeLessThanOrEqual(max);
          if (values.every((value) => Number.isNaN(value))) expect(borders).toEqual([]);
        },
      ),
    );
  });

  it('takes infinities as values beyond every border', () => {
    const { borders } = quantise(
      Float64Array.of(-Infinity, 0, Infinity, 1e300),
      Float64Array.of(0, 1, 0, 1),
      ones(4),
      254,
    );
    expect([-Infinity, 0, Infinity, 1e300].map((value) => binOf(borders, toFloat32(value, 'low')))).toEqual([
      0, 1, 2, 2,
    ]);
  });
});

function nextFloat32(value: number): number {
  const words = new DataView(new ArrayBuffer(4));
  words.setFloat32(0, value);
  words.setInt32(0, words.getInt32(0) + 1);
  return words.getFloat32(0);
}
