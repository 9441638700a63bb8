import fc from 'fast-check';
import { ByteWriter } from 'hyparquet-writer';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../base/index.ts';
import { placesOfOnes, unpackRuns } from './runs.ts';

/** Numbers of some bits, in stretches of equal ones and of any. */
const numbers = fc.integer({ min: 1, max: 24 }).chain((width) => {
  const one = fc.nat(2 ** width - 1);
  const stretch = fc.oneof(fc.tuple(one, fc.nat(40)).map(([value, times]) => Array.from({ length: times }, () => value)), fc.array(one, { maxLength: 20 }));
  return fc.record({ width: fc.constant(width), values: fc.array(stretch, { maxLength: 6 }).map((lists) => lists.flat()) });
});

const written = (values: readonly number[], width: number): Uint8Array => {
  const writer = new ByteWriter();
  writeRleBitPackedHybrid(writer, [...values], width);
  return writer.getBytes();
};

describe('runs of a column', () => {
  it('give back the numbers that were written', () => {
    fc.assert(
      fc.property(numbers, fc.nat(3), ({ width, values }, from) => {
        const into = new Uint32Array(values.length);
        unpackRuns({ bytes: new Uint8Array([...new Uint8Array(from), ...written(values, width)]), from }, width, into);
        expect([...into]).toEqual(values);
      }),
      { numRuns: 200 },
    );
  });

  it('of one bit tell where the ones are', () => {
    fc.assert(
      fc.property(numbers, ({ values }) => {
        const bits = values.map((value) => value & 1);
        const places = bits.flatMap((bit, place) => (bit === 1 ? [place] : []));
        expect([...placesOfOnes({ bytes: written(bits, 1), from: 0 }, bits.length, places.length)]).toEqual(places);
      }),
      { numRuns: 200 },
    );
  });

  it('that are cut or strange end in a Fault, or in other numbers', () => {
    const ends = (read: () => unknown): void => {
      try {
        read();
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
      }
    };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.integer({ min: 0, max: 40 }), (bytes, width) => {
        ends(() => unpackRuns({ bytes, from: 0 }, width, new Uint32Array(50)));
        ends(() => placesOfOnes({ bytes, from: 0 }, 50, 20));
      }),
      { numRuns: 200 },
    );
    expect(() => unpackRuns({ bytes: new Uint8Array(), from: 0 }, 3, new Uint32Array(1))).toThrow(expect.objectContaining({ kind: 'corrupt' }));
  });
});
