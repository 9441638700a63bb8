import { statfsSync } from 'node:fs';
import { onDisk } from '../base/index.ts';

/** Bytes that this process may still write on the file system of `path`, and its size. */
export function freeDisk(path: string): { free: number; total: number } {
  const { bavail, blocks, bsize } = onDisk(path, () => statfsSync(path));
  return { free: bavail * bsize, total: blocks * bsize };
}
