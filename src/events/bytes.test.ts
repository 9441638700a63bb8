import { expect, test } from 'vitest';
import { ByteReader, ByteWriter } from './bytes.ts';

test.each([0, 127, 128, 2 ** 31, 2 ** 40 + 5, Number.MAX_SAFE_INTEGER])('%d is read as it was written', (value) => {
  const bytes = new ByteWriter();
  bytes.uint(value);
  bytes.int(-value);
  const reader = new ByteReader(bytes.take(), 0);
  expect([reader.uint(), reader.int() + 0]).toEqual([value, -value + 0]);
});

test.each([Infinity, NaN, -1, 2 ** 53])('%d is refused', (value) => {
  expect(() => new ByteWriter().uint(value)).toThrow(RangeError);
});
