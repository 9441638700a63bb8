import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readLabel } from './label.ts';
import { rawColumn } from './testing.ts';

describe('a label', () => {
  it.each<[string[], string, string]>([
    [['0', '1', '0'], '1', 'by its name'],
    [['No', 'Yes', 'yes '.trim()], 'Yes', 'by its name'],
    [['Lost', 'Won'], 'Won', 'by its name'],
    [['lost', 'pending', 'lost'], 'pending', 'by its name'],
    [['A', 'B', 'A'], 'B', 'the rarer of the two'],
    [['1.0', '0.0', '1'], '1.0', 'by its name'],
    [['Converted', 'None', 'None'], 'Converted', 'by its name'],
  ])('of %j: %s is positive, %s', (cells, positive, chosen) => {
    expect(readLabel(rawColumn('y', cells))).toMatchObject({ positive, chosen });
  });

  test('every labelled row gets its outcome, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('won', 'lost', ''), { minLength: 1 }), (tail) => {
        const cells = ['won', 'lost', ...tail];
        const label = readLabel(rawColumn('y', cells));
        expect([...label.rows].map((row) => cells[row])).toEqual(cells.filter((cell) => cell !== ''));
        expect([...label.labels]).toEqual(cells.filter((cell) => cell !== '').map((cell) => (cell === 'won' ? 1 : 0)));
        expect(label.unlabelled).toBe(cells.filter((cell) => cell === '').length);
      }),
    );
  });

  test('both outcomes named: a third value is left out', () => {
    const stages = rawColumn('stage', ['Won', 'Open', 'Lost', 'Open']);
    const label = readLabel(stages, { positive: 'won', negative: 'lost' });
    expect(label).toMatchObject({ other: 2, unlabelled: 0 });
    expect([...label.rows]).toEqual([0, 2]);
  });

  it.each<[string, string[], object, string]>([
    ['three values', ['a', 'b', 'c'], {}, 'it holds 3 values'],
    ['one value', ['a', 'a'], {}, 'it holds one value'],
    ['no value', ['', ''], {}, 'it holds no value'],
    ['an outcome that is not there', ['a', 'b'], { positive: 'c' }, 'never holds it'],
    ['the same outcome twice', ['a', 'b'], { positive: 'a', negative: 'a' }, 'a label has exactly two'],
  ])('%s is a Fault', (_name, cells, named, words) => {
    expect(() => readLabel(rawColumn('y', cells), named)).toThrow(words);
  });
});
