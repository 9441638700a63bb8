import { appendFileSync, closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { Fault } from './errors.ts';
import { flawIn, type LmdbFlaw } from './lmdb-flaw.ts';
import { bytesAt, newestMeta } from './lmdb-meta.ts';
import { hasUsedPages } from './lmdb-pages.ts';

/** Pages that were freed before they were written may be missing at the end, and are made good; more than this is damage, bytes. */
const MOST_MISSING = 2 ** 20;
/** So often a file is looked at anew that another process writes to meanwhile. */
const LOOKS = 10;

export interface LmdbFileOptions {
  /** What is said of a file that is none of LMDB. */
  readonly rule: string;
  readonly remedy: string;
  /** How it is to be opened; default `write`. */
  readonly access?: 'write' | 'read';
}

/**
 * Refuses what LMDB dies of, which maps a file as it is: one that is not its own, and one whose end was cut off. Of free pages that are
 * missing there zeros take the place; who opens it for reading only leaves that to those who write. Throws a Fault: `corrupt`, or
 * `unavailable` for what they would make good.
 */
export function checkLmdbFile(path: string, { rule, remedy, access = 'write' }: LmdbFileOptions): void {
  if (!existsSync(path)) return;
  const fd = openSync(path, 'r');
  try {
    const lack = lackOf(fd);
    if (lack === undefined) throw new Fault({ kind: 'corrupt', value: path, rule, remedy });
    const { missing, are } = lack;
    if (missing <= 0) return;
    const lacks = `lacks ${missing} bytes of its end`;
    if (are === 'used') throw new Fault({ kind: 'corrupt', value: path, rule: lacks, remedy });
    if (access === 'read') throw new Fault({ kind: 'unavailable', value: path, rule: lacks, remedy: 'start the process that writes it: it makes this good' });
    appendFileSync(path, Buffer.alloc(missing));
  } finally {
    closeSync(fd);
  }
}

/**
 * The first page of a file that LMDB could die of, or that lost its place, as of the newest transaction; undefined where there is none. It reads all pages that
 * are in use, a hundred thousand and more a second where the system has them in memory. Whoever writes to the file must be kept from using freed pages anew, as by a read
 * transaction of LMDB's own.
 */
export function lmdbFlawIn(path: string): LmdbFlaw | undefined {
  const fd = openSync(path, 'r');
  try {
    const meta = newestMeta(fd);
    if (meta === undefined) return fstatSync(fd).size === 0 ? undefined : { page: 0, flaw: 'is none of LMDB' };
    const { pageSize } = meta;
    const scratch = Buffer.alloc(pageSize);
    const one = (page: number): Buffer => {
      const read = readSync(fd, scratch, 0, pageSize, page * pageSize);
      return read === pageSize ? scratch : scratch.fill(0, read); // beyond the end of the file
    };
    return flawIn({ meta, read: (page, pages) => (pages === 1 ? one(page) : bytesAt(fd, page * pageSize, pages * pageSize)) });
  } finally {
    closeSync(fd);
  }
}

interface Lack {
  /** Bytes up to the end of the newest transaction. */
  readonly missing: number;
  /** What they were. */
  readonly are: 'free' | 'used';
}

/** What a file lacks of its end; undefined where it is none of LMDB. */
function lackOf(fd: number): Lack | undefined {
  for (let looks = 1; ; looks++) {
    const newest = newestMeta(fd);
    const { size } = fstatSync(fd); // after the pages were looked at: a file grows before they say so
    if (newest === undefined) return size === 0 ? { missing: 0, are: 'free' } : undefined;
    const { pageSize, lastPage, transaction, trees } = newest;
    const missing = (lastPage + 1) * pageSize - size;
    if (missing <= 0) return { missing, are: 'free' };
    const read = (page: number): Buffer => bytesAt(fd, page * pageSize, pageSize);
    if (missing <= MOST_MISSING && hasUsedPages({ pageSize, roots: trees.map(({ root }) => root), count: Math.floor(size / pageSize), read })) return { missing, are: 'free' };
    if (looks === LOOKS || newestMeta(fd)?.transaction === transaction) return { missing, are: 'used' };
  }
}
