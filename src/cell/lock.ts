import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Fault, writeFileAtomic } from '../base/index.ts';

/** Of sqlite3.h: another process has the lock. */
const SQLITE_BUSY = 5;

const PID_FILE = 'cell.pid';

/** Holds a cell for one process. */
export interface CellLock {
  /** Whether the owner before ended without letting go: it was killed, or died, or its machine stopped. */
  readonly wasLeftOpen: boolean;
  /** Lets go; a second call does nothing. */
  release(): void;
  /** Lets go as it was found: the next owner is told again that it was left open. */
  putBack(): void;
}

/**
 * Takes the cell in `dir`. The lock is SQLite's exclusive lock on an empty file: the system drops it when the process
 * ends in whatever way, so a dead owner never blocks and no two processes take over from it at once. Throws a Fault
 * of kind `conflict` that names the owner, or `unavailable` where the disk is full. (Nothing else may open `cell.lock` in the owning process: closing it would
 * drop the lock.)
 */
export function lockCell(dir: string): CellLock {
  const pidFile = join(dir, PID_FILE);
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
  const left = existsSync(pidFile) ? readFileSync(pidFile) : undefined;
  writeFileAtomic(pidFile, `${process.pid}\n`);
  let held = true;
  const letGo = (mark: () => void): void => {
    if (!held) return;
    held = false;
    mark();
    database.close();
  };
  const remove = (): void => rmSync(pidFile, { force: true });
  return {
    wasLeftOpen: left !== undefined,
    release: () => letGo(remove),
    putBack: () => letGo(left === undefined ? remove : () => writeFileAtomic(pidFile, left)),
  };
}

/** Whether the last owner of the cell in a folder ended without letting it go, as far as can be seen from beside. */
export function isLeftOpen(dir: string): boolean {
  const file = join(dir, PID_FILE);
  if (!existsSync(file)) return false;
  try {
    process.kill(Number(readPid(file)), 0);
    return false;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code !== 'EPERM';
  }
}

function readPid(path: string): string {
  try {
    return /^\d+/u.exec(readFileSync(path, 'utf8'))?.[0] ?? 'unknown';
  } catch {
    return 'unknown'; // it is just starting or ending
  }
}
