import { expect, it } from 'vitest';
import { columnsOf } from './columns.ts';
import { EMPTY } from './kinds/accumulator.ts';
import { codeOf, createVocabularies } from './vocabulary.ts';

it('holds each field in its place, whatever the event before it held', () => {
  const columns = columnsOf(new Map([['seconds', 'number'], ['page', 'category'], ['won', 'boolean']]), createVocabularies());
  const out = new Float64Array(3).fill(7);
  const encoded = (data: Parameters<typeof columns.encode>[0]): number[] => {
    columns.encode(data, out);
    return [...out];
  };
  expect(columns.names).toEqual(['page', 'seconds', 'won']);
  expect(encoded({ page: 'home', seconds: 3, won: true, unknown: 1 })).toEqual([codeOf('home'), 3, 1]);
  expect(encoded({ page: null, won: false, seconds: 'soon' })).toEqual([EMPTY, EMPTY, 0]);
  expect(encoded({})).toEqual([NaN, NaN, NaN]);
});
