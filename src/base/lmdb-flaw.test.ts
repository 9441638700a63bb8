import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lmdbFlawIn } from './lmdb-file.ts';
import { flawIn, type LmdbFlaw } from './lmdb-flaw.ts';
import { newestMeta, type LmdbMeta } from './lmdb-meta.ts';
import { readLmdbPage } from './lmdb-page.ts';
import { random } from './random.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-lmdb-flaw-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PAGE = 4_096;
const whole = join(folder, 'whole.mdb');
let bytes: Buffer;
let meta: LmdbMeta;
const places = { branch: [] as number[], leaf: [] as number[], large: [] as number[] };

/** Two tables with branches, leaves, values in pages of their own, and free pages. */
beforeAll(async () => {
  const root = open({ path: whole, noSubdir: true, overlappingSync: false, encoding: 'binary', maxDbs: 2 });
  const numbers = root.openDB<Buffer, number>({ name: 'numbers', encoding: 'binary' });
  const texts = root.openDB<Buffer, string>({ name: 'texts', encoding: 'binary' });
  for (let from = 0; from < 700; from += 100) {
    root.transactionSync(() => {
      for (let n = from; n < from + 100; n++) {
        numbers.putSync(n, Buffer.alloc(n % 50 === 0 ? 9_000 : 200, n));
        texts.putSync(`heat:us_${n % 9} ${n}.ld_${n}`, Buffer.alloc(0));
      }
    });
  }
  root.transactionSync(() => {
    for (let n = 0; n < 60; n++) numbers.removeSync(n);
  });
  await root.close();
  bytes = readFileSync(whole);
  const fd = openSync(whole, 'r');
  meta = newestMeta(fd)!;
  closeSync(fd);
  const read: number[] = [];
  expect(flaw(bytes, (page) => read.push(page))).toBeUndefined();
  for (const number of read) {
    const found = readLmdbPage(bytes.subarray(number * PAGE, (number + 1) * PAGE), { number, transaction: meta.transaction, of: 'table' });
    places[typeof found === 'string' ? 'large' : found.kind].push(number);
  }
  expect(Object.values(places).every((of) => of.length > 1)).toBe(true);
});

function flaw(of: Buffer, onRead = (_page: number): unknown => 0): LmdbFlaw | undefined {
  return flawIn({ meta, read: (page, pages) => (onRead(page), of.subarray(page * PAGE, (page + pages) * PAGE)) });
}

it('whatever byte was altered, a file without a flaw is read and written by LMDB, which goes on', () => {
  const draw = random(21);
  const taken: string[] = [];
  const found = new Map<string, number>();
  const regions = [['branch', 24], ['branch', 200], ['branch', PAGE], ['leaf', 24], ['leaf', 64], ['leaf', PAGE], ['large', 24]] as const;
  for (const [kind, below] of regions) {
    for (let run = 0; run < 60; run++) {
      const altered = Buffer.from(bytes);
      const at = places[kind][draw.below(places[kind].length)]! * PAGE + draw.below(below);
      altered[at] = run % 2 === 0 ? altered[at]! ^ (1 << draw.below(8)) : (altered[at]! + 1 + draw.below(255)) % 256;
      if (flaw(altered) !== undefined) found.set(`${kind} ${below}`, (found.get(`${kind} ${below}`) ?? 0) + 1);
      else if (taken.length < 150) {
        taken.push(join(folder, `${taken.length}.mdb`));
        writeFileSync(taken.at(-1)!, altered);
      }
    }
  }
  expect(Object.fromEntries(found)).toMatchObject({ 'branch 24': expect.toSatisfy((n: number) => n > 40), 'leaf 24': expect.toSatisfy((n: number) => n > 40), 'leaf 64': expect.toSatisfy((n: number) => n > 40), 'large 24': expect.toSatisfy((n: number) => n > 40) });
  expect(taken.length).toBeGreaterThan(30);
  // In a process of its own, which dies of what is not found.
  const script = `
    import { open } from 'lmdb';
    for (const path of ${JSON.stringify(taken)}) {
      const root = open({ path, noSubdir: true, overlappingSync: false, encoding: 'binary', maxDbs: 2 });
      const numbers = root.openDB({ name: 'numbers', encoding: 'binary' });
      const texts = root.openDB({ name: 'texts', encoding: 'binary' });
      try {
        for (const table of [numbers, texts]) for (const { value } of table.getRange()) value.length;
        root.transactionSync(() => {
          for (let n = 0; n < 700; n += 3) numbers.putSync(n, Buffer.alloc(n % 2 === 0 ? 200 : 5_000));
          for (let n = 0; n < 700; n += 5) texts.removeSync('heat:us_' + (n % 9) + ' ' + n + '.ld_' + n);
        });
        Array.from(numbers.getKeys());
      } catch {
        // A key that cannot be read is for whoever reads it to name.
      }
      await root.close();
      console.log(path);
    }`;
  const { stdout, signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: import.meta.dirname, encoding: 'utf8' });
  expect([signal, stdout.trim().split('\n')]).toEqual([null, taken]);
});

it('a page is named that is in use twice, or in use and free, that lies elsewhere, or that is of another tree', () => {
  const [leaf, other] = places.leaf as [number, number];
  const altered = (change: (copy: Buffer) => void): LmdbFlaw | undefined => {
    const copy = Buffer.from(bytes);
    change(copy);
    return flaw(copy);
  };
  const branch = places.branch[0]!;
  /** Where a branch says to which page its nth entry leads. */
  const leadsTo = (nth: number): number => branch * PAGE + 24 + bytes.readUInt16LE(branch * PAGE + 24 + 2 * nth);
  const first = bytes.readUInt32LE(leadsTo(0));
  expect(altered((copy) => void copy.writeUInt32LE(first, leadsTo(1)))?.flaw).toMatch(/^has keys that belong to another$|in use elsewhere, too$/u);
  expect(altered((copy) => void copy.writeUInt32LE(meta.lastPage + 1, leadsTo(0)))).toMatchObject({ page: branch, flaw: 'leads to a page that the file does not have' });
  expect(altered((copy) => void bytes.copy(copy, leaf * PAGE, other * PAGE, (other + 1) * PAGE))).toEqual({ page: leaf, flaw: 'has the number of another' });
  expect(altered((copy) => void copy.writeBigUInt64LE(2n ** 40n, leaf * PAGE + 8))).toEqual({ page: leaf, flaw: 'is newer than the newest transaction' });
  const lists = places.leaf.flatMap((number) => {
    const at = number * PAGE + 24 + bytes.readUInt16LE(number * PAGE + 24);
    return bytes.readUInt16LE(at + 6) === 8 && bytes.readUInt32LE(at) % 8 === 0 && bytes.readUInt32LE(at) > 16 ? [at + 16] : [];
  });
  const told = lists.map((at) => altered((copy) => void copy.writeBigUInt64LE(BigInt(leaf), at + 8))?.flaw);
  expect(told).toContain('frees a page that is in use and free');
});

it('a file that is none of LMDB is named, an empty one is none yet', () => {
  const path = join(folder, 'other.mdb');
  writeFileSync(path, '');
  expect(lmdbFlawIn(path)).toBeUndefined();
  writeFileSync(path, Buffer.alloc(3 * PAGE, 7));
  expect(lmdbFlawIn(path)).toEqual({ page: 0, flaw: 'is none of LMDB' });
  for (const at of [0, 18, 24, 28, 48, PAGE + 18, PAGE + 24]) {
    const altered = Buffer.from(bytes);
    altered[at]! ^= 64;
    writeFileSync(path, altered);
    expect(lmdbFlawIn(path)).toEqual({ page: 0, flaw: 'is none of LMDB' });
  }
});
