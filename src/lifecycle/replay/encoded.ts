import type { Columns, Vocabularies } from '../../features/index.ts';
import { columnName, type EventColumns, type NumberColumn, type TextColumn } from '../../log/index.ts';

/** One field of a batch: its numbers, and what the codes of its texts stand for. */
export interface Encoded {
  readonly numbers: Float64Array | undefined;
  readonly codes: Uint32Array | undefined;
  /** By code; of a field of numbers its nulls alone. */
  readonly meanings: Float64Array;
}

const NOTHING = new Float64Array();
const NULLS = Float64Array.of(NaN, -Infinity);

/** The fields of a batch that folds read, in the order of their columns; each word is coded once. */
export function encodedOf({ fields }: EventColumns, { names, types }: Columns, vocabularies: Vocabularies): Encoded[] {
  return names.map((name, i) => {
    const text = fields.get(columnName('text', name)) as TextColumn | undefined;
    if (types[i] !== 'category') {
      const numbers = fields.get(columnName(types[i] === 'boolean' ? 'flag' : 'number', name)) as NumberColumn | undefined;
      return { numbers: numbers?.values, codes: text?.codes, meanings: NULLS };
    }
    if (text === undefined) return { numbers: undefined, codes: undefined, meanings: NOTHING };
    const vocabulary = vocabularies.of(name);
    return { numbers: undefined, codes: text.codes, meanings: new Float64Array([...NULLS, ...text.words.map((word) => vocabulary.code(word))]) };
  });
}

/** As `Columns.encode`: numbers and times as they are, flags 0 and 1, categories as codes; -Infinity for a null, NaN where absent. */
export function valueAt({ numbers, codes, meanings }: Encoded, row: number): number {
  const number = numbers === undefined ? NaN : numbers[row]!;
  if (number === number || codes === undefined) return number;
  return meanings[codes[row]!] ?? NaN;
}
