import { createVocabularies, type Vocabularies } from '../../features/index.ts';

/** The vocabularies of folds that are compiled once, for parts of a replay that each begin with none. */
export interface SaidWords {
  readonly vocabularies: Vocabularies;
  /** The words of each field that were seen since the last time, which are forgotten. */
  take(): ReadonlyMap<string, readonly string[]>;
}

export function createSaidWords(): SaidWords {
  let said = new Map<string, readonly string[]>();
  const begin = (): Vocabularies => createVocabularies({ load: () => [], save: (field, list) => void said.set(field, list) });
  let held = begin();
  return {
    vocabularies: {
      of: (field) => ({ code: (word) => held.of(field).code(word), word: (code) => held.of(field).word(code) }),
      save: () => held.save(),
      reload: () => held.reload(),
    },
    take() {
      held.save();
      const taken = said;
      said = new Map();
      held = begin();
      return taken;
    },
  };
}
