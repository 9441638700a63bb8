import { columnName, FIRST_WORD, type EventColumns } from '../../log/index.ts';
import type { Columns } from '../columns.ts';
import { codeOf, MOST_WORDS } from '../vocabulary.ts';
import { NOBODY } from './order.ts';

/** By field, the words of its vocabulary and the offset at which each came first. A vocabulary keeps the first that come. */
export type FirstWords = ReadonlyMap<string, readonly (readonly [offset: number, word: string])[]>;

/** Collects words as batches of rows pass. Of words of one code the first counts. */
export interface WordsSeen {
  look(columns: EventColumns, subjects: Int32Array): void;
  finish(): FirstWords;
}

type ByCode = Map<number, readonly [number, string]>;

export function createWordsSeen({ names, types }: Columns): WordsSeen {
  const fields = names.filter((_, i) => types[i] === 'category').map((field) => ({ field, column: columnName('text', field), seen: new Map() as ByCode }));
  return {
    look(columns, subjects) {
      for (const { column, seen } of fields) {
        const held = columns.fields.get(column);
        if (held?.kind !== 'text') continue;
        const first = new Float64Array(held.words.length).fill(Infinity);
        for (let row = 0; row < columns.count; row++) {
          const word = held.codes[row]! - FIRST_WORD;
          if (word >= 0 && subjects[row] !== NOBODY && columns.offsets[row]! < first[word]!) first[word] = columns.offsets[row]!;
        }
        for (const [i, word] of held.words.entries()) if (first[i]! < Infinity) enter(seen, first[i]!, word);
        if (seen.size > 4 * MOST_WORDS) prune(seen);
      }
    },
    finish: () => new Map(fields.filter(({ seen }) => seen.size > 0).map(({ field, seen }) => [field, firstOf(seen)])),
  };
}

/** Joins what several looked at. In the order of the words, as a vocabulary is kept. */
export function joinWords(parts: readonly FirstWords[]): Map<string, string[]> {
  const all = new Map<string, ByCode>();
  for (const part of parts) {
    for (const [field, words] of part) {
      if (!all.has(field)) all.set(field, new Map());
      for (const [offset, word] of words) enter(all.get(field)!, offset, word);
    }
  }
  return new Map([...all].map(([field, seen]) => [field, firstOf(seen).map(([, word]) => word).toSorted()]));
}

function enter(seen: ByCode, offset: number, word: string): void {
  const code = codeOf(word);
  const held = seen.get(code);
  if (held === undefined || offset < held[0]) seen.set(code, [offset, word]);
}

const firstOf = (seen: ByCode): (readonly [number, string])[] => [...seen.values()].toSorted(([a], [b]) => a - b).slice(0, MOST_WORDS);

/** What comes after so many others is not among the first. */
function prune(seen: ByCode): void {
  const kept = new Set(firstOf(seen));
  for (const [code, word] of seen) if (!kept.has(word)) seen.delete(code);
}
