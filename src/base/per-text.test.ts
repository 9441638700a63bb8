import { expect, it } from 'vitest';
import { perText } from './per-text.ts';

it('answers once for each text, an answer of nothing too', () => {
  const asked: string[] = [];
  const length = perText((text) => (asked.push(text), text === '' ? undefined : text.length));
  expect(['ab', '', 'ab', '', 'c'].map(length)).toEqual([2, undefined, 2, undefined, 1]);
  expect(asked).toEqual(['ab', '', 'c']);
});
