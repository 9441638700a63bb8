import { expect, test } from 'vitest';
import type { TableSpec } from '../bundle/index.ts';
import { namesByPosition } from './by-position.ts';

const spec: TableSpec = { columns: [], id: null, time: null, reference: null, missing: [] };
const file = { header: 'first' as const, columns: ['lead', 'won', 'visits'], label: 'won' };

test('columns have the places that they had in training, with the label or without', () => {
  expect(namesByPosition({ ...spec, file }, 3)).toEqual(['lead', 'won', 'visits']);
  expect(namesByPosition({ ...spec, file }, 2)).toEqual(['lead', 'visits']);
});

test('a model without names takes as many as it needs', () => {
  expect(namesByPosition({ ...spec, positions: [1, 0] }, 2)).toEqual(['column_1', 'column_2']);
});

test('another width is refused', () => {
  expect(() => namesByPosition({ ...spec, file }, 4)).toThrow(
    'a file of 4 columns without a header: the model knows columns by their places in 3, or 2 without the label',
  );
  expect(() => namesByPosition({ ...spec, positions: [7] }, 9)).toThrow('by their places in 8; give');
  expect(() => namesByPosition(spec, 2)).toThrow('does not know their places; give a file with a header');
});
