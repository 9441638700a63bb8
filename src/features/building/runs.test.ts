import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { createRun, mergeRuns } from './runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-runs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const key = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 6 });
const entry = fc.tuple(key, fc.uint8Array({ maxLength: 20 }));

it('runs are merged in the order of the keys, then of the runs, then as they were put', () => {
  let count = 0;
  fc.assert(fc.property(fc.array(fc.array(entry, { maxLength: 30 }), { maxLength: 5 }), (runs) => {
    const paths = runs.map((entries) => {
      const run = createRun();
      for (const [name, bytes] of entries) run.put('rows', name, bytes);
      const path = join(folder, String(count++));
      run.write(() => path);
      return path;
    });
    const merged = Array.from(mergeRuns(paths), ({ key: name, value, run }) => [name.toString(), [...value], run]);
    const plain = runs.flatMap((entries, run) => entries.map(([name, bytes]) => [name, [...bytes], run] as const));
    expect(merged).toEqual(plain.toSorted(([a, , i], [b, , j]) => (a < b ? -1 : a > b ? 1 : i - j)));
  }), { numRuns: 40 });
});

it('entries may be longer than what is read and written at once, and a run without entries has no file', () => {
  const run = createRun();
  const long = new Uint8Array(5 * 2 ** 20).fill(7);
  run.put('rows', 'b', long);
  run.put('rows', 'a', new Uint8Array(3));
  const path = (table: string): string => join(folder, table);
  run.write(path);
  const merged = Array.from(mergeRuns([path('rows'), path('parts')]), ({ key: name, value }) => [name.toString(), value.length, value.every((byte) => byte === value[0])]);
  expect(merged).toEqual([['a', 3, true], ['b', long.length, true]]);
  expect(existsSync(path('parts'))).toBe(false);
});
