import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import { afterAll, expect, it } from 'vitest';
import { checkLmdbFile } from './lmdb-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-lmdb-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WORDS = { rule: 'is none', remedy: 'make one' };

it('a file that lacks a piece of its end is made good by who writes, and left as it is by who reads', async () => {
  const path = join(folder, 'short.mdb');
  const root = open({ path, noSubdir: true });
  for (let n = 0; n < 1_000; n++) void root.put(n, 'x'.repeat(100));
  await root.close();
  const { size } = statSync(path);
  checkLmdbFile(path, { ...WORDS, access: 'read' });
  truncateSync(path, size - 5_000);
  expect(() => checkLmdbFile(path, { ...WORDS, access: 'read' })).toThrow(/short\.mdb: lacks \d+ bytes of its end/u);
  expect(statSync(path).size).toBe(size - 5_000);
  checkLmdbFile(path, WORDS);
  expect(statSync(path).size).toBeGreaterThan(size - 5_000);
  checkLmdbFile(path, { ...WORDS, access: 'read' });
});
