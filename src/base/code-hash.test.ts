import { expect, it } from 'vitest';
import { codeHash } from './code-hash.ts';

it('is of the folders that are named, and of no other', () => {
  const [base, both] = [codeHash(['base']), codeHash(['base', 'events'])];
  expect(base).toMatch(/^[0-9a-f]{64}$/u);
  expect(both).not.toBe(base);
  expect(codeHash(['events', 'base'])).toBe(both);
});
