import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const SCRIPT = resolve('tests/support/full-disk.fixture.ts');
const folder = mkdtempSync(join(tmpdir(), 'leadrank-full-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command in a file system of its own of so many MB, which only it sees. */
const confined = (megabytes: number, ...command: string[]) =>
  spawnSync('unshare', ['-Urm', 'sh', '-c', `mount -t tmpfs -o size=${megabytes}m none "${folder}" && exec "$@"`, 'sh', ...command], { encoding: 'utf8', timeout: 120_000 });
const trial = confined(1, 'true');
/** Why there is no small file system to be had here; null where there is one. */
const why = trial.status === 0 ? null : `no file system of its own: ${trial.error?.message ?? (trial.stderr.trim().split('\n')[0] || `unshare ended with ${trial.status}`)}`;
const inCi = Boolean(process.env['CI']);

describe.skipIf(why !== null && !inCi)(`a disk that is full${why === null ? '' : ` (${why})`}`, () => {
  it('is said clearly by each part, loses nothing that was acknowledged, and they go on once there is room', () => {
    expect(why).toBeNull(); // in CI it is a fault of the machine, not something to skip
    const { stdout, stderr } = confined(24, process.execPath, '--disable-warning=ExperimentalWarning', SCRIPT, folder);
    const told = stdout.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line) as { name: string; said: string; whole: boolean });
    const strange = stderr.replaceAll(/Write error: No space left on device position \d+, size \d+/gu, ''); // LMDB says so much by itself
    expect([told.map(({ name, whole }) => [name, whole]), strange.trim()]).toEqual([['append', 'fold', 'compact', 'snapshot', 'journal'].map((name) => [name, true]), '']);
    for (const { said } of told) expect(said).toMatch(/^unavailable: .*(no space left|cannot be written|cannot be locked).*(free space|run again|space)/u);
  });
});
