import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { MINUTE, syncFolder, systemClock, writeFileAtomic } from '../../base/index.ts';

const MARK = 'running';
const BOOT_ID = '/proc/sys/kernel/random/boot_id';

/** Names the present run of the machine: its boot id, or about when it booted, ms. */
export function bootId(): string {
  return existsSync(BOOT_ID) ? readFileSync(BOOT_ID, 'utf8').trim() : String(systemClock() - uptime() * 1_000);
}

/**
 * Whether the machine stopped while a state in this folder was written to. The system keeps what a killed process wrote, but a
 * machine that stops may keep some pages and lose others.
 */
export function wasCutOff(folder: string, boot = bootId()): boolean {
  const mark = join(folder, MARK);
  if (!existsSync(mark)) return false;
  const of = readFileSync(mark, 'utf8').trim();
  return of !== boot && !(Math.abs(Number(of) - Number(boot)) < 2 * MINUTE);
}

/** Notes, durably, that a state in this folder is written to from now on. */
export function noteRunning(folder: string, boot = bootId()): void {
  writeFileAtomic(join(folder, MARK), `${boot}\n`);
  syncFolder(folder);
}

/** Makes the file of a state durable, and takes the note back. */
export function noteWhole(folder: string, file: string): void {
  if (!existsSync(file)) return;
  const fd = openSync(file, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  rmSync(join(folder, MARK), { force: true });
}
