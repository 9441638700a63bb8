import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkLmdbFile } from './lmdb-file.ts';
import { random } from './random.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-lmdb-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WORDS = { rule: 'is none', remedy: 'make one' };
const whole = join(folder, 'whole.mdb');
const LARGE = 7; // of so many entries one has pages of its own
const KEPT = 900;

/** Two tables, of which much was removed: the last pages are free, some in the midst are. */
beforeAll(async () => {
  const root = open({ path: whole, noSubdir: true, overlappingSync: false, encoding: 'binary', maxDbs: 2 });
  const tables = ['first', 'second'].map((name) => root.openDB<Buffer, number>({ name, encoding: 'binary' }));
  const put = (from: number, to: number) => root.transactionSync(() => {
    for (const table of tables) for (let n = from; n < to; n++) table.putSync(n, Buffer.alloc(n % LARGE === 0 ? 9_000 : 100, n));
  });
  put(0, KEPT);
  put(KEPT, 1_000);
  root.transactionSync(() => {
    for (const table of tables) for (let n = KEPT; n < 1_000; n++) table.removeSync(n);
  });
  for (let round = 0; round < 8; round++) put(0, KEPT / 2); // what lay last moves to what is free
  await root.close();
});

it('a file that lacks a piece of its end is refused where it was used, and else made good by who writes and left as it is by who reads; all is there then', () => {
  const draw = random(11);
  const { size } = statSync(whole);
  const cuts = Array.from({ length: 80 }, (_, n) => (n < 40 ? 1 + draw.below(size - 1) : size - 4_096 * (n - 39)));
  const told = { refused: 0, good: [] as string[] };
  for (const [n, length] of cuts.entries()) {
    const path = join(folder, `${n}.mdb`);
    copyFileSync(whole, path);
    truncateSync(path, length);
    try {
      checkLmdbFile(path, WORDS);
      told.good.push(path);
      checkLmdbFile(path, { ...WORDS, access: 'read' });
      truncateSync(path, length);
      expect(() => checkLmdbFile(path, { ...WORDS, access: 'read' })).toThrow(expect.objectContaining({ kind: 'unavailable', value: path, rule: expect.stringMatching(/^lacks \d+ bytes of its end$/u) }));
      expect(statSync(path).size).toBe(length);
      checkLmdbFile(path, WORDS);
    } catch (error) {
      expect(error).toMatchObject({ kind: 'corrupt', value: path, rule: expect.stringMatching(/^(lacks \d+ bytes of its end|is none)$/u) });
      told.refused += 1;
    }
  }
  expect(told.refused).toBeGreaterThan(30);
  expect(told.good.length).toBeGreaterThan(5);
  // In a process of its own: LMDB ends one that meets a page of zeros.
  const script = `
    import { open } from 'lmdb';
    for (const path of ${JSON.stringify(told.good)}) {
      const root = open({ path, noSubdir: true, overlappingSync: false, encoding: 'binary', maxDbs: 2 });
      const found = ['first', 'second'].flatMap((name) => [...root.openDB({ name, encoding: 'binary' }).getRange()]);
      console.log(found.filter(({ key, value }) => value.length === (key % ${LARGE} === 0 ? 9_000 : 100) && value.every((byte) => byte === key % 256)).length);
      await root.close();
    }`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: import.meta.dirname, encoding: 'utf8' });
  expect(stdout.trim().split('\n')).toEqual(told.good.map(() => String(2 * KEPT)));
});

it('whatever lies in the pages of a file that lacks its end, it is refused or taken and nothing else', () => {
  const bytes = readFileSync(whole);
  const draw = random(12);
  const path = join(folder, 'altered.mdb');
  for (let run = 0; run < 100; run++) {
    const altered = Buffer.from(bytes.subarray(0, bytes.length - 4_096 * (1 + draw.below(3))));
    for (let n = 0; n < 200; n++) altered[8_192 + draw.below(altered.length - 8_192)] = draw.below(256);
    writeFileSync(path, altered);
    try {
      checkLmdbFile(path, { ...WORDS, access: 'read' });
    } catch (error) {
      expect(error).toMatchObject({ name: 'Fault', value: path });
    }
  }
});
