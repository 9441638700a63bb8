import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { fileFault, makeFolder } from '../base/index.ts';

/**
 * Copies an LMDB file as one transaction sees it, beside whoever writes to it, without its free pages. Does nothing where
 * there is no file yet. Throws a Fault.
 */
export async function copyLmdb(path: string, target: string): Promise<void> {
  if (!existsSync(path)) return;
  makeFolder(dirname(target), { mode: 0o700 });
  await copy(target, () => open({ path, noSubdir: true, readOnly: true }));
  rmSync(`${target}-lock`, { force: true });
}

/** The same of a folder with an LMDB file in it, to another. Its writer looks for readers in the folder's own lock file. */
export async function copyLmdbFolder(path: string, target: string): Promise<void> {
  if (!existsSync(path)) return;
  makeFolder(target, { mode: 0o700 });
  await copy(target, () => open({ path, noSubdir: false, readOnly: true, maxDbs: 32 }));
}

async function copy(target: string, openSource: () => RootDatabase): Promise<void> {
  try {
    const root = openSource();
    try {
      await root.backup(target, true);
    } finally {
      await root.close();
    }
  } catch (cause) {
    const { message = '' } = cause as Error;
    throw fileFault(target, /no space left/iu.test(message) ? Object.assign(new Error(message, { cause }), { code: 'ENOSPC' }) : cause);
  }
}
