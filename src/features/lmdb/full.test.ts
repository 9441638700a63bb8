import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { LoggedEvent } from '../../events/index.ts';
import { logged } from '../conformance.ts';
import { LEAD_FEATURES } from '../defaults/index.ts';
import { digest } from '../digest.ts';
import { openMemoryState } from '../memory/state.ts';
import { openLmdbState } from './state.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-full-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = (path: string) => openLmdbState({ path, features: LEAD_FEATURES });
const lead = (i: number): LoggedEvent => logged(i, 'lead.created', `ld_${i}`, { owner: 'us_a' }, { time: i });

it('a disk that is full stops the fold with a clear line, keeps what there is, and lets it go on later', () => {
  const path = join(folder, 'state');
  const script = join(folder, 'fill.ts');
  const imports = ['lmdb/state', 'defaults/index'].map((name) => JSON.stringify(join(import.meta.dirname, '..', `${name}.ts`)));
  writeFileSync(script, `
    import { openLmdbState } from ${imports[0]};
    import { LEAD_FEATURES } from ${imports[1]};
    const state = openLmdbState({ path: process.argv[2], features: LEAD_FEATURES });
    const lead = (i) => ({ id: 'e' + i, source: 'test', type: 'lead.created', version: 1, subject: 'ld_' + i, time: i, data: { owner: 'us_a' }, offset: i, received: i, knownAt: i });
    try {
      for (let from = 0; from < 20000; from += 50) state.fold(Array.from({ length: 50 }, (_, i) => lead(from + i)));
    } catch (error) {
      process.stdout.write(JSON.stringify({ kind: error.kind, message: error.message, offset: state.offset(), owner: state.record('ld_7').owner }));
    }
    process.exit();
  `);
  const limited = spawnSync('sh', ['-c', `ulimit -f 4000; exec "$0" "$@"`, process.execPath, script, path], { encoding: 'utf8' });
  const told = JSON.parse(limited.stdout) as { kind: string; message: string; offset: number; owner: string };
  expect(told).toMatchObject({ kind: 'unavailable', owner: 'us_a' });
  expect(told.message).toMatch(/cannot be written.*free space/u);
  expect(told.offset).toBeGreaterThan(0);
  expect(told.offset % 50).toBe(0);

  const state = open(path);
  expect(state.offset()).toBe(told.offset);
  const all = Array.from({ length: told.offset + 100 }, (_, i) => lead(i));
  state.fold(all);
  const clean = openMemoryState({ features: LEAD_FEATURES });
  clean.fold(all);
  expect(digest(state)).toBe(digest(clean));
  state.close();
});

it('a file that is no state is named, and left as it is', () => {
  const path = join(folder, 'garbage');
  mkdirSync(path);
  writeFileSync(join(path, 'data.mdb'), 'not a database '.repeat(1_000));
  expect(() => open(path)).toThrow(/data\.mdb: is not a state; remove its folder/u);
  writeFileSync(join(folder, 'file'), '');
  expect(() => open(join(folder, 'file', 'state'))).toThrow(/not a folder/u);
});
