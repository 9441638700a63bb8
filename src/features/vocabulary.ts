import { hash32 } from '../base/index.ts';

/** What a category reads as when its vocabulary was full at first sight. */
export const OTHER = '(other)';
/** The most distinct words that a field keeps. */
export const MOST_WORDS = 1_000;

/** The code of a word: the same in every state and order of arrival. 0 and 1 are no words. */
export function codeOf(word: string): number {
  const hash = hash32(word);
  return hash < 2 ? hash + 2 : hash;
}

/** The words of one field, told by their codes. */
export interface Vocabulary {
  /** The code of a word, which is kept while there is room. */
  code(word: string): number;
  /** The word of a code; `OTHER` where it was not kept. */
  word(code: number): string;
}

/** The vocabularies of all fields, over a place that keeps them. */
export interface Vocabularies {
  of(field: string): Vocabulary;
  /** Writes what is new. */
  save(): void;
  /** Forgets what was not saved. */
  reload(): void;
}

export interface WordKeeper {
  load(field: string): readonly string[];
  /** Words in ascending order. */
  save(field: string, words: readonly string[]): void;
}

/** Vocabularies that live as long as the process. */
export const wordsInMemory: WordKeeper = { load: () => [], save: () => {} };

export function createVocabularies({ load, save }: WordKeeper = wordsInMemory): Vocabularies {
  const lists = new Map<string, { codes: Map<string, number>; words: Map<number, string> }>();
  const fresh = new Set<string>();

  const fill = (field: string): { codes: Map<string, number>; words: Map<number, string> } => {
    const list = lists.get(field)!;
    const words = load(field);
    list.codes = new Map(words.map((word) => [word, codeOf(word)]));
    list.words = new Map(words.map((word) => [codeOf(word), word]));
    return list;
  };

  return {
    of(field) {
      if (!lists.has(field)) {
        lists.set(field, { codes: new Map(), words: new Map() });
        fill(field);
      }
      const held = lists.get(field)!;
      return {
        code(word) {
          const known = held.codes.get(word);
          if (known !== undefined) return known;
          const code = codeOf(word);
          if (held.codes.size >= MOST_WORDS || held.words.has(code)) return code;
          held.codes.set(word, code);
          held.words.set(code, word);
          fresh.add(field);
          return code;
        },
        word(code) {
          return held.words.get(code) ?? fill(field).words.get(code) ?? OTHER; // another process may have added it since
        },
      };
    },
    save() {
      for (const field of fresh) save(field, [...lists.get(field)!.codes.keys()].toSorted());
      fresh.clear();
    },
    reload() {
      for (const field of fresh) fill(field);
      fresh.clear();
    },
  };
}
