import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { fileFault, writeFully } from './files.ts';

export type Cell = string | number | null;

export interface CsvWriter {
  /** Adds one row. Throws a Fault when the disk refuses it; what stood at the path stays untouched. */
  write(cells: readonly Cell[]): void;
  /** Makes the file appear at its path, whole. */
  close(): void;
  /** Leaves the path as it was. May be called after `close`, and more than once. */
  discard(): void;
}

const BATCH = 1_000; // rows a system call

/**
 * Writes a CSV file of any length, whole or not at all: into a temporary neighbour that takes the path's place on
 * `close`. A path that is a device or a pipe is written directly. No cell can be a spreadsheet formula.
 */
export function createCsvWriter(path: string, { separator = ',' }: { separator?: string } = {}): CsvWriter {
  const { place, special } = locate(path);
  const target = special ? place : join(dirname(place), `.${randomUUID()}.tmp`);
  let batch: (string | null)[][] = [];
  let fd: number | undefined;
  attempt(() => (fd = openSync(target, special ? 'w' : 'wx')));

  function attempt<T>(act: () => T): T {
    try {
      return act();
    } catch (cause) {
      discard();
      throw fileFault(path, cause);
    }
  }
  function flush(): void {
    const bytes = Buffer.from(stringify(batch, { delimiter: separator }));
    batch = [];
    writeFully(fd!, bytes);
  }
  function discard(): void {
    if (fd !== undefined) {
      closeSync(fd);
      fd = undefined;
      if (!special) rmSync(target, { force: true });
    }
  }
  return {
    write(cells) {
      batch.push(cells.map(inertCell));
      if (batch.length >= BATCH) attempt(flush);
    },
    close() {
      attempt(() => {
        flush();
        if (!special) {
          fsyncSync(fd!);
          renameSync(target, place);
        }
        closeSync(fd!);
        fd = undefined;
      });
    },
    discard,
  };
}

/** Where the bytes go at last: through a symbolic link to its file, straight into a device or a pipe. */
function locate(path: string): { place: string; special: boolean } {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return { place: path, special: false };
  if (stats.isDirectory()) throw fileFault(path, { code: 'EISDIR' });
  return stats.isFile() ? { place: realpathSync(path), special: false } : { place: path, special: true };
}

const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const PLAIN_NUMBER = /^[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A cell as text that no spreadsheet evaluates: what would begin a formula gets an apostrophe before it; numbers stay
 * as they are.
 */
export function inertCell(cell: Cell): string | null {
  if (typeof cell !== 'string') return cell === null || Number.isNaN(cell) ? null : String(cell);
  return FORMULA.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell;
}
