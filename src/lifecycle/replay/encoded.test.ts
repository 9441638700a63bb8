import { expect, it } from 'vitest';
import { createVocabularies } from '../../features/index.ts';
import type { EventColumns } from '../../log/index.ts';
import { encodedOf, valueAt } from './encoded.ts';

it('codes as many words as a batch has', () => {
  const words = Array.from({ length: 200_000 }, (_, i) => `word ${i}`);
  const column = { kind: 'text', codes: Uint32Array.of(0, 1, 2, words.length + 1), words } as const;
  const vocabularies = createVocabularies({ load: () => [], save: () => {} });
  const batch = { fields: new Map([['text_page', column]]) } as unknown as EventColumns;
  const [page] = encodedOf(batch, { names: ['page'], types: ['category'] } as never, vocabularies);
  const codeOf = vocabularies.of('page').code;
  expect([0, 1, 2, 3].map((row) => valueAt(page!, row))).toEqual([NaN, -Infinity, codeOf('word 0'), codeOf('word 199999')]);
});
