import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

test('the example of the how-to on trees runs as it stands and prints what the page says', () => {
  const page = readFileSync(join(root, 'docs', 'how-to', 'trees.md'), 'utf8');
  const [, example] = /```ts\n([\s\S]*?)```/.exec(page)!;
  const [, printed] = /```\n(above[\s\S]*?)```/.exec(page)!;
  const folder = join(root, 'build', 'how-to'); // within the package, so that its own name resolves
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'trees.ts');
  writeFileSync(file, example!);
  try {
    expect(execFileSync(process.execPath, [file], { encoding: 'utf8' })).toBe(printed);
  } finally {
    rmSync(file);
  }
});
