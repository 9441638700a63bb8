import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const SKIPPED = new Set(['node_modules', 'build', 'data', 'test-results', '.git', 'dist']);

function pages(folder = root): string[] {
  return readdirSync(folder).flatMap((name) => {
    if (SKIPPED.has(name)) return [];
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return pages(path);
    return name.endsWith('.md') ? [path] : [];
  });
}

const LINK = /\[[^\]]*\]\((?!https?:|mailto:|#)(?<target>[^)#\s]+)(?:#[^)]*)?\)/g;

describe('the documentation', () => {
  const found = pages();

  test('is there', () => expect(found.length).toBeGreaterThan(10));

  test.each(found.map((path) => [relative(root, path), path]))('every link of %s resolves', (_name, path) => {
    const targets = [...readFileSync(path, 'utf8').matchAll(LINK)].map(({ groups }) => groups!['target']!);
    const broken = targets.filter((target) => !existsSync(resolve(dirname(path), target)));
    expect(broken).toEqual([]);
  });

  test('every verb of the command line stands in the help, and every one that the documentation names exists', async () => {
    const { VERBS } = await import('../src/cli/verbs.ts');
    const known = new Set(VERBS.map(({ name }) => name));
    const named = found
      .filter((path) => !path.includes('/adr/'))
      .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/bin\/leadrank (?<verb>[a-z-]+)/g)].map(({ groups }) => groups!['verb']!));
    expect(named.length).toBeGreaterThan(10);
    expect([...new Set(named)].filter((verb) => !known.has(verb))).toEqual([]);
  });
});
