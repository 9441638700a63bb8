import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { Fault } from '../../base/index.ts';

const MAGIC = 0xbeefc0de; // MDB_MAGIC in LMDB's mdb.c, the first word after the header of the first page
const AT = 24;

/** Refuses a file that is no LMDB file before the native code maps it. Throws a Fault of kind `corrupt`. */
export function checkMagic(path: string): void {
  if (!existsSync(path)) return;
  const head = Buffer.alloc(AT + 4);
  const fd = openSync(path, 'r');
  try {
    const size = readSync(fd, head, 0, head.length, 0);
    if (size === 0 || (size === head.length && head.readUInt32LE(AT) === MAGIC)) return;
  } finally {
    closeSync(fd);
  }
  throw new Fault({ kind: 'corrupt', value: path, rule: 'is not a log file', remedy: 'restore it from a backup' });
}
