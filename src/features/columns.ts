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
  const places = new Map(names.map((name, place) => [name, place]));
  return {
    names,
    types: kinds,
    encode(data, out) {
      out.fill(NaN, 0, names.length);
      for (const name of Object.keys(data)) { // an event has a few of the many fields
        const place = places.get(name);
        if (place !== undefined) out[place] = numberOf(data[name], words[place]!);
      }
    },
  };
}

function numberOf(value: FieldValue | undefined, words: Vocabulary | null): number {
  if (value === undefined) return NaN;
  if (value === null) return EMPTY;
  if (words !== null) return words.code(String(value));
  return typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? value : EMPTY;
}
