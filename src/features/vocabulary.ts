/** What a category reads as when its vocabulary was full at first sight. */
export const OTHER = '(other)';
/** The most distinct words that a feature keeps. */
export const MOST_WORDS = 1_000;

/** Numbers the words of one categorical feature, in the order of the fold: 0 is missing, 1 is `OTHER`, words begin at 2. */
export interface Vocabulary {
  /** The code of a word; a new one is kept while there is room, later ones are `OTHER`. */
  code(word: string): number;
  /** The word of a code; null when missing. */
  word(code: number): string | null;
}

/** The vocabularies of all features, over a place that keeps them. */
export interface Vocabularies {
  of(feature: string): Vocabulary;
  /** Writes what is new. */
  save(): void;
  /** Forgets what was not saved. */
  reload(): void;
}

export interface WordKeeper {
  load(feature: string): readonly string[];
  save(feature: string, words: readonly string[]): void;
}

export function createVocabularies({ load, save }: WordKeeper): Vocabularies {
  const lists = new Map<string, { words: string[]; codes: Map<string, number> }>();
  const fresh = new Set<string>();

  const fill = (feature: string): { words: string[]; codes: Map<string, number> } => {
    const list = lists.get(feature)!;
    list.words = [...load(feature)];
    list.codes = new Map(list.words.map((word, i) => [word, i + 2]));
    return list;
  };

  return {
    of(feature) {
      const list = lists.get(feature) ?? { words: [], codes: new Map<string, number>() };
      lists.set(feature, list);
      fill(feature);
      return {
        code(word) {
          const known = list.codes.get(word);
          if (known !== undefined) return known;
          if (list.words.length >= MOST_WORDS) return 1;
          list.words.push(word);
          list.codes.set(word, list.words.length + 1);
          fresh.add(feature);
          return list.words.length + 1;
        },
        word(code) {
          if (code < 2) return code === 0 ? null : OTHER;
          const known = list.words[code - 2];
          return known ?? fill(feature).words[code - 2] ?? OTHER; // another process may have added it since
        },
      };
    },
    save() {
      for (const feature of fresh) save(feature, lists.get(feature)!.words);
      fresh.clear();
    },
    reload() {
      for (const feature of fresh) fill(feature);
      fresh.clear();
    },
  };
}
