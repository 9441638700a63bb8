import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from './files.ts';

const POINTER = 'current';

/** The folder that counts among several inside `path`: the one that was made current last, or `path` itself. */
export function currentFolder(path: string): string {
  const pointer = join(path, POINTER);
  return existsSync(pointer) ? join(path, readFileSync(pointer, 'utf8').trim()) : path;
}

/** Makes the folder `name` inside `path` the current one: from now on it is, whatever happens. What else is there is removed. */
export function makeCurrent(path: string, name: string): void {
  writeFileAtomic(join(path, POINTER), `${name}\n`);
  for (const entry of readdirSync(path)) {
    if (entry !== POINTER && entry !== name) rmSync(join(path, entry), { recursive: true, force: true });
  }
}
