import { appendFileSync, closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { Fault } from './errors.ts';

const MAGIC = 0xbeefc0de; // MDB_MAGIC in LMDB's mdb.c
/** Where they lie in a meta page, of which the first two pages of a file are one each (MDB_meta in mdb.c, 64 bit). */
const [MAGIC_AT, PAGE_SIZE_AT, LAST_PAGE_AT, TRANSACTION_AT, META_BYTES] = [24, 48, 144, 152, 160];
/** Pages that were freed before they were written may be missing at the end, and are made good; more than this is damage, bytes. */
const MOST_MISSING = 2 ** 20;

export interface LmdbFileOptions {
  /** What is said of a file that is none of LMDB. */
  readonly rule: string;
  readonly remedy: string;
  /** How it is to be opened; default `write`. */
  readonly access?: 'write' | 'read';
}

/**
 * Refuses what LMDB dies of, which maps a file as it is: one that is not its own, and one whose end was cut off. Of a short piece that is
 * missing zeros take the place, so that whoever reads it is told that it is damaged; who opens it for reading only leaves it to those who
 * write. Throws a Fault: `corrupt`, or `unavailable` for what they would make good.
 */
export function checkLmdbFile(path: string, { rule, remedy, access = 'write' }: LmdbFileOptions): void {
  if (!existsSync(path)) return;
  const needed = neededBytes(path);
  if (needed === undefined) throw new Fault({ kind: 'corrupt', value: path, rule, remedy });
  const missing = needed - statSync(path).size; // after the pages were looked at: a file grows before they say so
  if (missing <= 0) return;
  const lacks = `lacks ${missing} bytes of its end`;
  if (missing > MOST_MISSING) throw new Fault({ kind: 'corrupt', value: path, rule: lacks, remedy });
  if (access === 'read') throw new Fault({ kind: 'unavailable', value: path, rule: lacks, remedy: 'start the process that writes it: it makes this good, or says what is damaged' });
  appendFileSync(path, Buffer.alloc(missing));
}

/** As far as the newest transaction goes; 0 of an empty file, undefined where it is none of LMDB. */
function neededBytes(path: string): number | undefined {
  const fd = openSync(path, 'r');
  try {
    const first = metaAt(fd, 0);
    if (first === undefined) return fstatSync(fd).size === 0 ? 0 : undefined;
    const second = metaAt(fd, first.pageSize);
    const { lastPage } = second !== undefined && second.transaction > first.transaction ? second : first;
    return (lastPage + 1) * first.pageSize;
  } finally {
    closeSync(fd);
  }
}

function metaAt(fd: number, at: number): { pageSize: number; lastPage: number; transaction: number } | undefined {
  const page = Buffer.alloc(META_BYTES);
  if (readSync(fd, page, 0, META_BYTES, at) < META_BYTES || page.readUInt32LE(MAGIC_AT) !== MAGIC) return undefined;
  return { pageSize: page.readUInt32LE(PAGE_SIZE_AT), lastPage: Number(page.readBigUInt64LE(LAST_PAGE_AT)), transaction: Number(page.readBigUInt64LE(TRANSACTION_AT)) };
}
