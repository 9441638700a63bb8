import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Fault } from './errors.ts';

/**
 * Writes a file whole or not at all: a temporary neighbour, fsync, rename. A secret never exists with another `mode`.
 * Throws a Fault that names path and remedy.
 */
export function writeFileAtomic(path: string, content: string | Uint8Array, { mode = 0o666 }: { mode?: number } = {}): void {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (cause) {
    throw fileFault(path, cause);
  }
  try {
    const fd = openSync(temporary, 'wx', mode);
    try {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw fileFault(path, cause);
  }
}

/** Makes a folder's entries durable: a rename is not before its folder is synced. */
export function syncFolder(dir: string): void {
  const fd = openSync(dir, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Turns a system error about a path into a Fault with the rule and the remedy that fit its code. */
export function fileFault(path: string, cause: unknown): Fault {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? 'unknown';
  const [kind, rule, remedy] = FILE_RULES[code] ?? (['unavailable', `the system refused it (${code})`, 'see the cause'] as const);
  return new Fault({ kind, value: path, rule, remedy, cause });
}

const FILE_RULES: Record<string, readonly ['missing' | 'input' | 'unavailable', string, string]> = {
  ENOENT: ['missing', 'no such file or folder', 'check the path'],
  EISDIR: ['input', 'is a folder where a file is needed', 'name a file'],
  EEXIST: ['input', 'a part of the path is not a folder', 'check the path'],
  ENOTDIR: ['input', 'a part of the path is not a folder', 'check the path'],
  EACCES: ['unavailable', 'permission denied', 'choose a place that you may read and write'],
  EPERM: ['unavailable', 'permission denied', 'choose a place that you may read and write'],
  EROFS: ['unavailable', 'the file system is read-only', 'choose another place'],
  ENOSPC: ['unavailable', 'no space left on the disk', 'free space or choose another place, then run again'],
  EDQUOT: ['unavailable', 'the disk quota is used up', 'free space or choose another place, then run again'],
};
