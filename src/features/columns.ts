import type { FieldValue } from '../events/index.ts';
import { EMPTY } from './kinds/accumulator.ts';
import type { FieldFacts } from './kinds/kind.ts';
import type { Vocabularies, Vocabulary } from './vocabulary.ts';

/** The fields that features read, as numbers in a fixed order. */
export interface Columns {
  /** What stands at each place. */
  readonly names: readonly string[];
  readonly types: readonly FieldFacts['type'][];
  /** Writes an event's data into `out`: numbers and times as they are, booleans 0 and 1, categories as codes; EMPTY, NaN where absent. */
  encode(data: Readonly<Record<string, FieldValue>>, out: Float64Array): void;
}

export function columnsOf(types: ReadonlyMap<string, FieldFacts['type']>, vocabularies: Vocabularies): Columns {
  const names = [...types.keys()].toSorted();
  const kinds = names.map((name) => types.get(name)!);
  const words = names.map((name, i): Vocabulary | null => (kinds[i] === 'category' ? vocabularies.of(name) : null));
  return {
    names,
    types: kinds,
    encode(data, out) {
      for (let i = 0; i < names.length; i++) {
        const value = data[names[i]!];
        if (value === undefined) out[i] = NaN;
        else if (value === null) out[i] = EMPTY;
        else if (words[i] !== null) out[i] = words[i]!.code(String(value));
        else out[i] = typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? value : EMPTY;
      }
    },
  };
}
