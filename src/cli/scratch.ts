import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onDisk } from '../base/index.ts';

const PREFIX = '.scratch-';

/** Works in an empty folder below a cell's, which goes when the work ends; so does what a killed process left. */
export async function inScratch<T>(dir: string, work: (scratch: string) => Promise<T>): Promise<T> {
  for (const name of readdirSync(dir)) {
    const pid = Number(/^\.scratch-(\d+)-/u.exec(name)?.[1] ?? NaN);
    if (!Number.isNaN(pid) && !isAlive(pid)) rmSync(join(dir, name), { recursive: true, force: true });
  }
  const scratch = onDisk(dir, () => mkdtempSync(join(dir, `${PREFIX}${process.pid}-`)));
  try {
    return await work(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Events of which the rows fit into memory. */
const IN_MEMORY = 1_000_000;

/** Lends a scratch folder where the rows that so many events fold to would not fit into memory. */
export const inScratchOrMemory = <T>(dir: string, events: number, work: (scratch: string | undefined) => Promise<T>): Promise<T> =>
  events > IN_MEMORY ? inScratch(dir, work) : work(undefined);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
