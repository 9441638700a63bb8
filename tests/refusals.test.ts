import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const command = resolve(import.meta.dirname, '..', 'bin', 'leadrank');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadrank-refusals-'));
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'binary'), Uint8Array.from({ length: 5_000 }, (_, i) => (i * 7_919) % 251));
  writeFileSync(join(folder, 'empty.csv'), '');
  writeFileSync(join(folder, 'alias.yaml'), 'a: &all [1]\nb: *all\n');
  mkdirSync(join(folder, 'config'));
  writeFileSync(join(folder, 'config', 'cell.yaml'), 'region: us\nregion: eu\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (words: string) => spawnSync(command, words.split(' ').filter((word) => word !== ''), { cwd: folder, encoding: 'utf8', input: '' });

test.each([
  ['fit folder --label y --out model', 'folder: is a folder where a file is needed; name a file'],
  ['predict folder empty.csv --out scored.csv', 'folder: manifest.json: a bundle has this file; name the folder of a whole bundle'],
  ['import binary --id a --owner-id me', 'binary: is not a text file (it holds NUL bytes); give a CSV file'],
  ['import empty.csv --id a --owner-id me', 'empty.csv: the file is empty; give a CSV file with a header and rows'],
  ['feed --dir folder --config config', 'is not valid YAML; correct the line: Map keys must be unique'],
  ['simulate folder', 'folder: is a folder where a file is needed; name a file'],
  ['simulate leads.csv --world alias.yaml', 'alias.yaml: repeats a part by an alias (*); write it out'],
  ['token me --minutes soon', '"soon": --minutes is a number from 1 to 525600; give one in that range'],
  ['token me --scope all', '--scope "all": is no scope; give some of crm, web'],
  ['doctor --cell mars', 'cell "mars": must be us or eu; name one of them with --cell'],
  ['frobnicate --help', "unknown command 'frobnicate'"],
  ['rules dry-run rules.yaml', "required option '--against <history>' not specified\n\nUsage: leadrank rules dry-run"],
])('%s is refused in words that help, with 2 and nothing on stdout', (words, message) => {
  const { status, stderr, stdout } = run(words);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /mu);
});

test('a verb whose reader has seen enough ends without a word', async () => {
  const child = spawn(command, ['train', '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let told = '';
  child.stderr.on('data', (text: Buffer) => (told += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  expect([code, told]).toEqual([0, '']);
});
