import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const root = resolve(import.meta.dirname, '..');
let clone: string;

/** The commands of the readme, in their order: every line of every `sh` block. */
function commands(): string[] {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  return [...text.matchAll(/```sh\n([^`]*)```/g)].flatMap(([, block]) => block!.trim().split('\n'));
}

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'leadrank-readme-'));
  for (const name of ['package.json', 'package-lock.json', '.npmrc', 'bin', 'scripts', 'src', 'fixtures', 'build']) {
    cpSync(join(root, name), join(clone, name), { recursive: true, verbatimSymlinks: true });
  }
  // What setting up would install and build stands here already; tests of the set-up itself run in CI, on a fresh clone.
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  symlinkSync(join(root, 'salesforce'), join(clone, 'salesforce'));
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

describe('every command of the readme runs as it stands', () => {
  test('there are some, and they are known kinds', () => {
    expect(commands()).toEqual(expect.arrayContaining(['npm start', 'npm test']));
    expect(commands().length).toBeGreaterThan(4);
  });

  test('own data: an example, fit, predict', { timeout: 240_000 }, () => {
    for (const command of commands().filter((line) => line.startsWith('bin/leadrank '))) {
      const { status, stderr } = spawnSync(command, { shell: true, cwd: clone, encoding: 'utf8' });
      expect([command, status, status === 0 ? '' : stderr]).toEqual([command, 0, '']);
    }
    expect(existsSync(join(clone, 'model', 'card.html'))).toBe(true);
    const [header, first] = readFileSync(join(clone, 'scored.csv'), 'utf8').split('\n');
    expect(header).toBe('id,probability,score,reason_1,reason_2,reason_3');
    expect(first).toMatch(/^00Q[^,]+,0\.\d+,\d{1,3},/);
  });

  test('npm start prints the address of a page that answers, and ends with Ctrl-C', { timeout: 240_000 }, async () => {
    const child = spawn('npm', ['start'], { cwd: clone, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let talk = '';
    child.stderr.on('data', (chunk) => (talk += chunk));
    const url = await new Promise<string>((found, fail) => {
      child.stdout.on('data', (chunk) => {
        const match = /The page: (\S+)/.exec(String(chunk));
        if (match) found(match[1]!);
      });
      child.on('exit', (code) => fail(new Error(`npm start ended with ${code}:\n${talk}`)));
    });
    expect((await fetch(url)).status).toBe(200);
    process.kill(-child.pid!, 'SIGINT'); // as a terminal does: to the whole group
    await new Promise((ended) => child.on('exit', ended)); // npm reports the signal itself
    await vi.waitFor(() => expect(existsSync(join(clone, 'data', 'us', 'server.json'))).toBe(false), { timeout: 20_000, interval: 100 });
    await vi.waitFor(() => expect(talk).toMatch(/✓ Stopping/), { timeout: 20_000 });
  });

  // `npm test` is what runs this: CI shows that it passes.
});
