import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, writeSync, fstatSync } from 'node:fs';
import { join } from 'node:path';
import { fileFault, makeFolder } from '../../base/index.ts';

/** Where a replay lays down what its parts make, so that its memory does not grow with the history. */
export interface Scratch {
  /** The folder, for another thread; null where all stays in memory. */
  readonly folder: string | null;
  has(name: string): boolean;
  /** Whole or not at all. */
  write(name: string, pieces: readonly Uint8Array[]): void;
  /** The bytes from `from` to before `to`, at the start of a buffer of their own. Throws a Fault: `missing`. */
  read(name: string, from?: number, to?: number): Uint8Array<ArrayBuffer>;
  remove(name: string): void;
}

export function memoryScratch(): Scratch {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    folder: null,
    has: (name) => files.has(name),
    write: (name, pieces) => void files.set(name, new Uint8Array(Buffer.concat(pieces))),
    read: (name, from = 0, to) => files.get(name)!.slice(from, to),
    remove: (name) => void files.delete(name),
  };
}

export function folderScratch(folder: string): Scratch {
  const path = (name: string): string => join(folder, name);
  return {
    folder,
    has: (name) => existsSync(path(name)),
    write(name, pieces) {
      try {
        makeFolder(folder);
        const fd = openSync(`${path(name)}.partial`, 'w');
        try {
          for (const piece of pieces) for (let done = 0; done < piece.length; ) done += writeSync(fd, piece, done);
        } finally {
          closeSync(fd);
        }
        renameSync(`${path(name)}.partial`, path(name));
      } catch (cause) {
        throw fileFault(path(name), cause);
      }
    },
    read(name, from = 0, to) {
      try {
        const fd = openSync(path(name), 'r');
        try {
          const bytes = new Uint8Array((to ?? fstatSync(fd).size) - from);
          for (let done = 0; done < bytes.length; ) {
            const read = readSync(fd, bytes, done, bytes.length - done, from + done);
            if (read === 0) break;
            done += read;
          }
          return bytes;
        } finally {
          closeSync(fd);
        }
      } catch (cause) {
        throw fileFault(path(name), cause);
      }
    },
    remove: (name) => rmSync(path(name), { force: true }),
  };
}
