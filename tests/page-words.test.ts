import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SOURCES } from '../src/features/index.ts';

const words = readFileSync(join(import.meta.dirname, '..', 'salesforce/force-app/main/default/lwc/words/source.js'), 'utf8');

test('the page has a name for every feed that a cell knows', () => {
  const named = /^export const source = \{\n(?<names>[^}]*)\};/mu.exec(words)!.groups!['names']!.match(/\w+/gu);
  expect(named).toEqual(expect.arrayContaining(SOURCES.map(({ name }) => name)));
});
