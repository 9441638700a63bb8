import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { storeFault } from '../faults.ts';
import { generationPath, openGeneration, removeFile, type Generation } from './generation.ts';

/**
 * Copies a sealed file without its free pages to the next generation and hands that over before it closes the old one.
 * The rename is the commit point: a crash before it leaves the old file sealed, to be copied again; a crash after it
 * leaves an old file to be removed.
 * Throws a Fault where the copy fails; the old file is then unsealed and whole.
 */
export async function compact(old: Generation, adopt: (next: Generation) => void): Promise<void> {
  const folder = dirname(old.path);
  const number = old.number + 1;
  const path = generationPath(folder, number);
  const temporary = `${path}.tmp`;
  try {
    removeFile(temporary);
    await old.root.backup(temporary, true);
    const copy = openGeneration(temporary, number);
    copy.root.transactionSync(() => {
      copy.meta.removeSync('sealed');
      copy.meta.removeSync('stale');
      copy.meta.removeSync('loose');
    });
    await copy.root.close();
    rmSync(`${temporary}-lock`, { force: true });
    sync(temporary);
    renameSync(temporary, path);
    sync(folder);
  } catch (cause) {
    removeFile(temporary);
    old.meta.removeSync('sealed');
    throw storeFault(path, cause);
  }
  adopt(openGeneration(path, number));
  await old.root.close();
  removeFile(old.path);
}

function sync(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
