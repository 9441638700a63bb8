import { constants, copyFileSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileFault, makeFolder } from '../base/index.ts';

/** The files below a folder, relative to it, sorted. */
export function filesBelow(folder: string, prefix = ''): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(prefix, entry.name);
      return entry.isDirectory() ? filesBelow(join(folder, entry.name), path) : [path];
    });
}

/** Copies files below one folder to another; one that went meanwhile is left out. Modes stay. Throws a Fault. */
export function copyFiles(from: string, to: string, files: readonly string[] = filesBelow(from).filter(isKept)): void {
  for (const file of files) {
    const target = join(to, file);
    makeFolder(join(target, '..'), { mode: 0o700 });
    try {
      copyFileSync(join(from, file), target, constants.COPYFILE_FICLONE);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT' && !existsSync(join(from, file))) continue;
      throw fileFault(target, cause);
    }
  }
}

/** Files that are being written under another name, and locks, belong to no copy. */
export const isKept = (file: string): boolean => !/(^|\/)\.[^/]*\.tmp$|\.tmp$|-lock$|\.lock$/u.test(file);

export const sizeOf = (path: string): number => statSync(path).size;
