import { describe, expect, test } from 'vitest';
import { random } from '../base/index.ts';
import { fit } from '../trees/index.ts';
import { createTableEncoder } from './encode.ts';
import { prepareTable } from './prepare.ts';
import { rowsWhere, takeRows } from './rows.ts';
import { learnableTable, rawTable } from './testing.ts';

const SIZES = ['small', 'medium', 'large', 'none'];
const source = random('ordinal');
const plain = learnableTable(300, 21);
const table = { ...plain, size: plain.won!.map(() => source.pick([...SIZES, '?'])) };
const request = { label: 'won', ordinal: { size: SIZES } };

describe('a column with an order', () => {
  const { spec, input, missing } = prepareTable(rawTable(table), request);
  const column = input.data.columns.find(({ name }) => name === 'size')!;

  test('keeps its levels in that order, a declared one even if it looks like a missing marker', () => {
    expect(spec.columns).toContainEqual({ kind: 'ordinal', name: 'size', levels: SIZES });
    expect(column).toMatchObject({ kind: 'categorical', ordered: true, levels: SIZES });
    expect(missing.find((found) => found.column === 'size')!.markers.map(([text]) => text)).toEqual(['?']);
  });
  test('has the same ranks in every part of the table', () => {
    if (column.kind !== 'categorical') throw new Error('no ranks');
    const few = takeRows(input.data, rowsWhere(300, (row) => table.size[row] === 'large' || table.size[row] === '?'));
    expect(few.columns.find(({ name }) => name === 'size')).toMatchObject({ ordered: true, levels: SIZES });
  });
  test('is cut, not picked from', () => {
    const model = fit(input.data, input.labels, { trees: 5 });
    expect(model.features.find(({ name }) => name === 'size')).toMatchObject({ kind: 'target', levels: SIZES });
  });
  test('a level that the order lacks is counted when it is scored, and missing', () => {
    const encoder = createTableEncoder(spec, ['x', 'kind', 'noise', 'size']);
    const sizes = ['large', 'NONE', 'none', 'huge', ''].map((cell) => encoder.row(['1', 'a', '2', cell])[3]);
    expect(sizes).toEqual(['large', null, 'none', null, null]);
    expect([...encoder.unreadable]).toEqual([['size', 1]]);
  });
  test('is refused where a level is not in the order, the column is not there or has another role', () => {
    const prepared = (ordinal: Record<string, string[]>, more = {}) => () =>
      prepareTable(rawTable(table), { label: 'won', ...more, ordinal });
    const short = prepared({ size: ['small', 'large'] });
    expect(short).toThrow(/--ordinal "size": the column also holds "medium" in \d+ rows; put every level/);
    expect(prepared({ Size: SIZES })).toThrow('--ordinal "Size": test.csv has no such column; did you mean "size"?');
    expect(prepared({ won: ['No', 'Yes'] })).toThrow('it is the label column');
    expect(prepared({ size: SIZES }, { ignore: ['size'] })).toThrow('it is under --ignore too');
  });
});
