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
  fc.assert(fc.property(fc.array(fc.array(entry, { maxLength: 30 }), { maxLength: 5 }), fc.constantFrom(2 ** 28, 1_000, 1), (runs, most) => {
    const of: number[] = [];
    const paths = runs.flatMap((entries, which) => {
      const path = join(folder, String(count++));
      const run = createRun({ path: (_, nth) => `${path}-${nth}`, most });
      for (const [name, bytes] of entries) run.put('rows', name, bytes);
      const files = Array.from({ length: run.finish().get('rows') ?? 0 }, (_, nth) => `${path}-${nth}`);
      of.push(...files.map(() => which));
      if (most === 1) expect(files).toHaveLength(entries.length);
      return files;
    });
    const merged = Array.from(mergeRuns(paths), ({ key: name, value, run }) => [name.toString(), [...value], of[run]!] as const);
    const plain = runs.flatMap((entries, run) => entries.map(([name, bytes]) => [name, [...bytes], run] as const));
    expect(merged).toEqual(plain.toSorted(([a, , i], [b, , j]) => (a < b ? -1 : a > b ? 1 : i - j)));
  }), { numRuns: 40 });
});

it('entries may be longer than what is read and written at once, and a run without entries has no file', () => {
  const path = (table: string): string => join(folder, table);
  const run = createRun({ path, most: 2 ** 28 });
  const long = new Uint8Array(5 * 2 ** 20).fill(7);
  run.put('rows', 'b', long);
  run.put('rows', 'a', new Uint8Array(3));
  expect([...run.finish()]).toEqual([['rows', 1]]);
  const merged = Array.from(mergeRuns([path('rows'), path('parts')]), ({ key: name, value }) => [name.toString(), value.length, value.every((byte) => byte === value[0])]);
  expect(merged).toEqual([['a', 3, true], ['b', long.length, true]]);
  expect(existsSync(path('parts'))).toBe(false);
});
