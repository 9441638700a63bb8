import { describe, expect, it } from 'vitest';
import { codeOf, createVocabularies, MOST_WORDS, OTHER, type Vocabularies } from './vocabulary.ts';

function kept(words = new Map<string, readonly string[]>()): Vocabularies {
  return createVocabularies({ load: (name) => words.get(name) ?? [], save: (name, list) => void words.set(name, [...list]) });
}

describe('a vocabulary', () => {
  it('codes a word alike in every order, and is bounded', () => {
    const vocabulary = kept().of('industry');
    const codes = Array.from({ length: MOST_WORDS + 5 }, (_, i) => vocabulary.code(`word ${i}`));
    expect(codes).toEqual(codes.map((_code, i) => codeOf(`word ${i}`)));
    expect(vocabulary.word(codes[1]!)).toBe('word 1');
    expect(codes.slice(MOST_WORDS).map((code) => vocabulary.word(code))).toEqual([OTHER, OTHER, OTHER, OTHER, OTHER]);
  });

  it('is found again, and a reader learns what a writer added', () => {
    const words = new Map<string, readonly string[]>();
    const writer = kept(words);
    const reader = kept(words).of('industry');
    const code = writer.of('industry').code('energy');
    writer.save();
    expect(reader.word(code)).toBe('energy');
    expect(kept(words).of('industry').word(code)).toBe('energy');
  });

  it('is kept in one order, in whatever order words come', () => {
    const [a, b] = [new Map<string, readonly string[]>(), new Map<string, readonly string[]>()];
    for (const [words, order] of [[a, ['retail', 'energy']], [b, ['energy', 'retail']]] as const) {
      const vocabularies = kept(words);
      for (const word of order) vocabularies.of('industry').code(word);
      vocabularies.save();
    }
    expect(a).toEqual(b);
  });

  it('forgets what was not saved', () => {
    const vocabularies = kept();
    const vocabulary = vocabularies.of('industry');
    const code = vocabulary.code('energy');
    vocabularies.reload();
    expect(vocabulary.word(code)).toBe(OTHER);
  });
});
