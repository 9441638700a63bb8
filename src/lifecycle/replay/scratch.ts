import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, fileFault, makeFolder, syncFolder, writeFully } from '../../base/index.ts';
import { FRESH, type Workspace } from './workspace.ts';

/** Where a replay lays down what its parts make, so that its memory does not grow with the history. */
export interface Scratch {
  /** The folder, for another thread; null where all stays in memory. */
  readonly folder: string | null;
  readonly flush: Flush;
  has(name: string): boolean;
  /** Whole or not at all. */
  write(name: string, pieces: readonly Uint8Array[]): void;
  /** The bytes of a span, all where none is said, in memory of the workspace. Throws a Fault: `missing`, or `corrupt`, with the remedy to begin anew. */
  read(name: string, span?: Span): Uint8Array<ArrayBuffer>;
  remove(name: string): void;
}

/** From `from` to before `to`; the end where it is not said. */
export interface Span {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Memory of their own where none is said. */
  readonly workspace?: Workspace | undefined;
}

/** Whether a file is on the disk when it is written: what another process is to go on from must be. */
export type Flush = 'flushed' | 'left to the system';

export function memoryScratch(): Scratch {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    folder: null,
    flush: 'left to the system',
    has: (name) => files.has(name),
    write: (name, pieces) => void files.set(name, new Uint8Array(Buffer.concat(pieces))),
    read: (name, { from = 0, to } = {}) => files.get(name)!.slice(from, to),
    remove: (name) => void files.delete(name),
  };
}

const MARK = 4;
const TRAILER = 16; // the mark and the length, as doubles: what lacks it is not whole

/** Files for their owner alone. */
export function folderScratch(folder: string, flush: Flush): Scratch {
  const path = (name: string): string => join(folder, name);
  return {
    folder,
    flush,
    has: (name) => existsSync(path(name)),
    write(name, pieces) {
      try {
        makeFolder(folder, { mode: 0o700 });
        const fd = openSync(`${path(name)}.partial`, 'w', 0o600);
        try {
          for (const piece of [...pieces, trailerOf(pieces)]) writeFully(fd, piece);
          if (flush === 'flushed') fsyncSync(fd);
        } finally {
          closeSync(fd);
        }
        renameSync(`${path(name)}.partial`, path(name));
        if (flush === 'flushed') syncFolder(folder);
      } catch (cause) {
        throw fileFault(path(name), cause);
      }
    },
    read(name, { from = 0, to, workspace = FRESH } = {}) {
      try {
        const fd = openSync(path(name), 'r');
        try {
          const length = fstatSync(fd).size - TRAILER;
          const end = to ?? length;
          const bytes = from <= end && end <= length && isWhole(fd, length) ? readBytes(fd, from, workspace.take(Uint8Array, end - from)) : undefined;
          if (bytes === undefined) throw damaged(path(name));
          return bytes;
        } finally {
          closeSync(fd);
        }
      } catch (cause) {
        throw cause instanceof Fault ? cause : fileFault(path(name), cause);
      }
    },
    remove: (name) => rmSync(path(name), { force: true }),
  };
}

function trailerOf(pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Float64Array.of(MARK, pieces.reduce((sum, { length }) => sum + length, 0)).buffer);
}

function isWhole(fd: number, length: number): boolean {
  const trailer = length < 0 ? undefined : readBytes(fd, length, new Uint8Array(TRAILER));
  if (trailer === undefined) return false;
  const [mark, written] = new Float64Array(trailer.buffer);
  return mark === MARK && written === length;
}

/** Fills bytes from a place on; undefined where the file ends before. */
function readBytes(fd: number, from: number, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(fd, bytes, done, bytes.length - done, from + done);
    if (read === 0) return undefined;
    done += read;
  }
  return bytes;
}

const damaged = (path: string): Fault => new Fault({ kind: 'corrupt', value: path, rule: 'is not what the replay wrote', remedy: 'run it again with --fresh' });
