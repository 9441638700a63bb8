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

/** The anchors of a page, one a heading. */
const anchorsOf = (path: string): Set<string> =>
  new Set(
    readFileSync(path, 'utf8')
      .replaceAll(/^```[^]*?^```/gmu, '')
      .split('\n')
      .filter((line) => /^#+ /u.test(line))
      .map((line) => line.replace(/^#+ /u, '').trim().toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(/\s/gu, '-')),
  );

const ANCHOR = /\[[^\]]*\]\((?!https?:|mailto:)(?<page>[^)#\s]*)#(?<anchor>[^)]+)\)/gu;

/** The commands that a page names, each as its words; what is only meant for one to fill in stands in capitals. */
const commandsIn = (path: string): string[][] =>
  [...readFileSync(path, 'utf8').matchAll(/bin\/leadrank (?<words>[^`\n|#>&)]*)/gu)].map(({ groups }) => groups!['words']!.trim().split(/\s+/u));

describe('the documentation', () => {
  const found = pages();

  test('is there', () => expect(found.length).toBeGreaterThan(10));

  test.each(found.map((path) => [relative(root, path), path]))('every link of %s resolves', (_name, path) => {
    const targets = [...readFileSync(path, 'utf8').matchAll(LINK)].map(({ groups }) => groups!['target']!);
    const broken = targets.filter((target) => !existsSync(resolve(dirname(path), target)));
    expect(broken).toEqual([]);
  });

  test.each(found.map((path) => [relative(root, path), path]))('every link of %s to a heading finds it', (_name, path) => {
    const links = [...readFileSync(path, 'utf8').matchAll(ANCHOR)].map(({ groups }) => groups as { page: string; anchor: string });
    const broken = links.filter(({ page, anchor }) => !anchorsOf(page === '' ? path : resolve(dirname(path), page)).has(anchor));
    expect(broken).toEqual([]);
  });

  test('every flag and every word below a verb that the documentation names exists', async () => {
    const { findVerb } = await import('../src/cli/verbs.ts');
    const unknown: string[] = [];
    let flags = 0;
    for (const words of found.filter((path) => !path.includes('/adr/') && !path.endsWith('CHANGELOG.md')).flatMap(commandsIn)) {
      const verb = await findVerb(words)?.load();
      const below = verb?.commands.find((command) => command.name() === words[1]);
      if ((verb?.commands.length ?? 0) > 0 && below === undefined && /^[a-z]/u.test(words[1] ?? '')) unknown.push(words.join(' '));
      const known = new Set((below ?? verb)?.options.flatMap(({ long, short }) => [long, short]));
      const given = words.filter((word) => word.startsWith('--')).map((word) => word.replace(/=.*/u, ''));
      flags += given.length;
      if (given.some((flag) => !known.has(flag))) unknown.push(words.join(' '));
    }
    expect(flags).toBeGreaterThan(30);
    expect(unknown).toEqual([]);
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
