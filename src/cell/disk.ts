import { statfsSync } from 'node:fs';
import { fileFault } from '../base/index.ts';

/** Bytes that this process may still write on the file system of `path`, and its size. */
export function freeDisk(path: string): { free: number; total: number } {
  try {
    const { bavail, blocks, bsize } = statfsSync(path);
    return { free: bavail * bsize, total: blocks * bsize };
  } catch (cause) {
    throw fileFault(path, cause);
  }
}
