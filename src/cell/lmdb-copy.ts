import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { open } from 'lmdb';
import { fileFault, makeFolder } from '../base/index.ts';

/**
 * Copies an LMDB file as one transaction sees it, beside whoever writes to it, without its free pages. Does nothing where
 * there is no file yet. Throws a Fault.
 */
export async function copyLmdb(path: string, target: string): Promise<void> {
  if (!existsSync(path)) return;
  makeFolder(dirname(target), { mode: 0o700 });
  try {
    const root = open({ path, noSubdir: true, readOnly: true });
    try {
      await root.backup(target, true);
    } finally {
      await root.close();
    }
    rmSync(`${target}-lock`, { force: true });
  } catch (cause) {
    const { message = '' } = cause as Error;
    throw fileFault(target, /no space left/iu.test(message) ? Object.assign(new Error(message, { cause }), { code: 'ENOSPC' }) : cause);
  }
}
