import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from './files.ts';

const POINTER = 'current';

/** The folder that counts among several inside `path`: the one that was made current last, or `path` itself. */
export function currentFolder(path: string): string {
  const pointer = join(path, POINTER);
  return existsSync(pointer) ? join(path, readFileSync(pointer, 'utf8').trim()) : path;
}

export interface OthersOptions {
  /** Names of what stays, though it is no part of what counts. */
  readonly except?: readonly string[];
}

/** Makes the folder `name` inside `path` the current one: from now on it is, whatever happens. What else is there is removed. */
export function makeCurrent(path: string, name: string, others: OthersOptions = {}): void {
  writeFileAtomic(join(path, POINTER), `${name}\n`);
  removeOthers(path, others);
}

/** Removes what lies inside `path` and is no part of what counts. */
export function removeOthers(path: string, { except = [] }: OthersOptions = {}): void {
  const current = currentFolder(path);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const { name } = entry;
    const isPart = current === path ? !entry.isDirectory() : name === POINTER || join(path, name) === current;
    if (!isPart && !except.includes(name)) rmSync(join(path, name), { recursive: true, force: true });
  }
}
