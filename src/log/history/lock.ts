import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault, makeFolder } from '../../base/index.ts';

const POLL = 50;
const BUSY = 5; // SQLITE_BUSY, as its extended codes end
const EXTENDED = 256;
const PATIENCE = 60_000;

/**
 * Runs work while no one else changes the history. Waits for who does, up to a minute. The lock is SQLite's exclusive
 * lock on an empty file, which the system drops with the process. Throws a Fault `unavailable`.
 */
export async function withHistoryLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  makeFolder(folder);
  const lock = await take(join(folder, 'writer.lock'));
  try {
    return await work();
  } finally {
    lock.close();
  }
}

async function take(path: string): Promise<DatabaseSync> {
  for (let waited = 0; ; waited += POLL) {
    const lock = new DatabaseSync(path);
    try {
      lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
      return lock;
    } catch (cause) {
      lock.close();
      if (((cause as { errcode?: number }).errcode ?? 0) % EXTENDED !== BUSY) {
        throw new Fault({ kind: 'unavailable', value: path, rule: `cannot be locked (${(cause as Error).message})`, remedy: 'look for free space on its disk and for the right to write there, then run again', cause });
      }
      if (waited >= PATIENCE) {
        throw new Fault({ kind: 'unavailable', value: path, rule: 'the history is being changed', remedy: 'try again when that is done', cause });
      }
    }
    await sleep(POLL);
  }
}
