import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWorkspace } from './workspace.ts';

const TYPES = [Float64Array, Float32Array, Int32Array, Uint16Array, Uint8Array];
const sizes = fc.array(fc.tuple(fc.constantFrom(...TYPES), fc.oneof(fc.nat(100), fc.constant(1_500_000))), { maxLength: 12 });

test('arrays of one job do not touch', () => {
  fc.assert(fc.property(sizes, sizes, (first, second) => {
    const workspace = createWorkspace();
    for (const job of [first, second]) {
      workspace.clear();
      const taken = job.map(([of, count]) => workspace.take<InstanceType<typeof of>>(of as never, count));
      expect(taken.map(({ length }) => length)).toEqual(job.map(([, count]) => count));
      taken.forEach((array, i) => (array as Uint8Array).fill(i + 1));
      expect(taken.every((array, i) => array.length === 0 || (array[0] === i + 1 && array[array.length - 1] === i + 1))).toBe(true);
    }
  }), { numRuns: 10 });
});

test('jobs that need no more than those before have the same memory, in one piece', () => {
  const workspace = createWorkspace();
  const buffersOf = (): ArrayBufferLike[] => {
    workspace.clear();
    return [workspace.take(Float64Array, 3_000_000), workspace.take(Uint8Array, 9)].map(({ buffer }) => buffer);
  };
  buffersOf();
  expect(new Set([...buffersOf(), ...buffersOf()]).size).toBe(1);
});
