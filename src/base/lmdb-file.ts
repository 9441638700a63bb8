import { appendFileSync, closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { Fault } from './errors.ts';
import { hasUsedPages } from './lmdb-pages.ts';

const MAGIC = 0xbeefc0de; // MDB_MAGIC in LMDB's mdb.c
/** Where they lie in a meta page, of which the first two pages of a file are one each (MDB_meta in mdb.c, 64 bit). */
const [MAGIC_AT, PAGE_SIZE_AT, FREE_ROOT_AT, MAIN_ROOT_AT, LAST_PAGE_AT, TRANSACTION_AT, META_BYTES] = [24, 48, 88, 136, 144, 152, 160];
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
    const { pageSize, lastPage, transaction, roots } = newest;
    const missing = (lastPage + 1) * pageSize - size;
    if (missing <= 0) return { missing, are: 'free' };
    const read = (page: number): Buffer => pageAt(fd, page * pageSize, pageSize);
    if (missing <= MOST_MISSING && hasUsedPages({ pageSize, roots, count: Math.floor(size / pageSize), read })) return { missing, are: 'free' };
    if (looks === LOOKS || newestMeta(fd)?.transaction === transaction) return { missing, are: 'used' };
  }
}

interface Meta {
  readonly pageSize: number;
  readonly lastPage: number;
  readonly transaction: number;
  readonly roots: readonly bigint[];
}

function newestMeta(fd: number): Meta | undefined {
  const first = metaAt(fd, 0);
  const second = first && metaAt(fd, first.pageSize);
  return second !== undefined && second.transaction > first!.transaction ? second : first;
}

function metaAt(fd: number, at: number): Meta | undefined {
  const page = pageAt(fd, at, META_BYTES);
  if (page.readUInt32LE(MAGIC_AT) !== MAGIC) return undefined;
  return {
    pageSize: page.readUInt32LE(PAGE_SIZE_AT),
    lastPage: Number(page.readBigUInt64LE(LAST_PAGE_AT)),
    transaction: Number(page.readBigUInt64LE(TRANSACTION_AT)),
    roots: [FREE_ROOT_AT, MAIN_ROOT_AT].map((root) => page.readBigUInt64LE(root)),
  };
}

/** Zeros beyond the end of the file. */
function pageAt(fd: number, at: number, bytes: number): Buffer {
  const page = Buffer.alloc(bytes);
  readSync(fd, page, 0, bytes, at);
  return page;
}
