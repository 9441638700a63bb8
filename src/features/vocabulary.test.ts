import { describe, expect, it } from 'vitest';
import { createVocabularies, MOST_WORDS, OTHER, type Vocabularies } from './vocabulary.ts';

function kept(words = new Map<string, readonly string[]>()): Vocabularies {
  return createVocabularies({ load: (name) => words.get(name) ?? [], save: (name, list) => void words.set(name, [...list]) });
}

describe('a vocabulary', () => {
  it('numbers words in the order in which they come, and is bounded', () => {
    const vocabulary = kept().of('industry');
    const codes = Array.from({ length: MOST_WORDS + 5 }, (_, i) => vocabulary.code(`word ${i}`));
    expect(codes.slice(0, 3)).toEqual([2, 3, 4]);
    expect(vocabulary.code('word 1')).toBe(3);
    expect(vocabulary.word(3)).toBe('word 1');
    expect(codes.slice(MOST_WORDS)).toEqual([1, 1, 1, 1, 1]);
    expect(vocabulary.word(1)).toBe(OTHER);
    expect(vocabulary.word(0)).toBeNull();
  });

  it('is found again, and a reader learns what a writer added', () => {
    const words = new Map<string, readonly string[]>();
    const writer = kept(words);
    const reader = kept(words).of('industry');
    const code = writer.of('industry').code('energy');
    writer.save();
    expect(reader.word(code)).toBe('energy');
    expect(kept(words).of('industry').code('energy')).toBe(code);
  });

  it('forgets what was not saved', () => {
    const vocabularies = kept();
    const vocabulary = vocabularies.of('industry');
    vocabulary.code('energy');
    vocabularies.reload();
    expect(vocabulary.code('retail')).toBe(2);
  });
});
