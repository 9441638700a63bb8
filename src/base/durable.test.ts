import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { writeFileAtomic } from './files.ts';

const done = vi.hoisted((): [string, string][] => []);
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const paths = new Map<number, string>();
  return {
    ...fs,
    openSync(path: string, flags: string, mode?: number) {
      const fd = fs.openSync(path, flags, mode);
      paths.set(fd, path);
      return fd;
    },
    fsyncSync: (fd: number) => (done.push(['sync', paths.get(fd)!]), fs.fsyncSync(fd)),
    renameSync: (from: string, to: string) => (done.push(['rename', to]), fs.renameSync(from, to)),
  };
});

it('a file is durable when it is written: the bytes before its name, the name before the return', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leadrank-durable-'));
  const path = join(folder, 'file');
  writeFileAtomic(path, 'x');
  expect(done).toEqual([['sync', expect.stringMatching(/\.tmp$/u)], ['rename', path], ['sync', folder]]);
  rmSync(folder, { recursive: true });
});
