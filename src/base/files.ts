import { createHash, randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Fault } from './errors.ts';

/**
 * Writes a file whole or not at all: a temporary neighbour, fsync, rename, fsync of the folder. Durable when it returns. A secret never
 * exists with another `mode`.
 * Throws a Fault that names path and remedy.
 */
export function writeFileAtomic(path: string, content: string | Uint8Array, { mode = 0o666 }: { mode?: number } = {}): void {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  makeFolder(dirname(path));
  try {
    const fd = openSync(temporary, 'wx', mode);
    try {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      writeFully(fd, bytes);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, path);
    syncFolder(dirname(path));
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw fileFault(path, cause);
  }
}

/** Writes all of it, where `writeSync` may stop short: at `position`, or where the file stands. Throws what the system throws. */
export function writeFully(fd: number, bytes: Uint8Array, position: number | null = null): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, position === null ? null : position + done);
}

/**
 * Makes a folder and those above it where they are missing. One at a time: Node's recursive form never ends where the
 * system refuses a folder below one that exists, as under /proc. Throws a Fault that names path and remedy.
 */
export function makeFolder(dir: string, { mode = 0o777 }: { mode?: number } = {}): void {
  if (existsSync(dir)) {
    if (statSync(dir).isDirectory()) return;
    throw fileFault(dir, { code: 'ENOTDIR' });
  }
  const parent = dirname(dir);
  if (parent !== dir) makeFolder(parent, { mode });
  try {
    mkdirSync(dir, { mode });
  } catch (cause) {
    // Another process may have made it meanwhile.
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw fileFault(dir, cause);
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

/** Hex SHA-256 of a file, read piece by piece; `sync` makes the file durable, too. */
export function sha256File(path: string, durability: 'sync' | 'read'): string {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(2 ** 20);
  const fd = openSync(path, durability === 'sync' ? 'r+' : 'r');
  try {
    for (let read = readSync(fd, piece); read > 0; read = readSync(fd, piece)) hash.update(piece.subarray(0, read));
    if (durability === 'sync') fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  return hash.digest('hex');
}

/** What `act` gives; what the system refuses it is a Fault that names the path. */
export function onDisk<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw fileFault(path, cause);
  }
}

/** What a file holds, as text. Throws a Fault that names it. */
export const readText = (path: string): string => onDisk(path, () => readFileSync(path, 'utf8'));

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
  EIO: ['unavailable', 'the disk did not take or give it all: it is full or it fails', 'look at its free space and its health, then run again'],
  EDQUOT: ['unavailable', 'the disk quota is used up', 'free space or choose another place, then run again'],
};
