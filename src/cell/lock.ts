import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Fault, writeFileAtomic } from '../base/index.ts';

/** Of sqlite3.h: another process has the lock. */
const SQLITE_BUSY = 5;

/** Holds a cell for one process. */
export interface CellLock {
  /** Lets go; a second call does nothing. */
  release(): void;
}

/**
 * Takes the cell in `dir`. The lock is SQLite's exclusive lock on an empty file: the system drops it when the process
 * ends in whatever way, so a dead owner never blocks and no two processes take over from it at once. Throws a Fault
 * of kind `conflict` that names the owner, or `unavailable` where the disk is full. (Nothing else may open `cell.lock` in the owning process: closing it would
 * drop the lock.)
 */
export function lockCell(dir: string): CellLock {
  const pidFile = join(dir, 'cell.pid');
  const database = new DatabaseSync(join(dir, 'cell.lock'));
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    const { errcode, message } = cause as { errcode?: number; message: string };
    if (errcode !== undefined && (errcode & 0xff) !== SQLITE_BUSY) {
      throw new Fault({ kind: 'unavailable', value: dir, rule: `cannot be locked: ${message}`, remedy: 'free space on its disk, and see that it can be written to', cause });
    }
    throw new Fault({
      kind: 'conflict',
      value: dir,
      rule: `belongs to the running process ${readPid(pidFile)}`,
      remedy: 'stop that process or choose another folder with --data',
      cause,
    });
  }
  writeFileAtomic(pidFile, `${process.pid}\n`);
  let held = true;
  return {
    release() {
      if (!held) return;
      held = false;
      rmSync(pidFile, { force: true });
      database.close();
    },
  };
}

function readPid(path: string): string {
  try {
    return /^\d+/u.exec(readFileSync(path, 'utf8'))?.[0] ?? 'unknown';
  } catch {
    return 'unknown'; // it is just starting or ending
  }
}
