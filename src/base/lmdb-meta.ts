import { readSync } from 'node:fs';

/** Of LMDB's mdb.c, 64 bit, as lmdb-js has it: MDB_MAGIC, the version of the layout, P_META. */
const [MAGIC, VERSION, META_PAGE] = [0xbeefc0de, 2, 8];
/** Where they lie in a meta page, of which the first two pages of a file are one each (MDB_page and MDB_meta in mdb.c). */
const [FLAGS_AT, MAGIC_AT, VERSION_AT, FREE_AT, TABLES_AT, LAST_PAGE_AT, TRANSACTION_AT, META_BYTES] = [18, 24, 28, 48, 96, 144, 152, 160];
/** The tree of free pages also says how large a page is. */
const PAGE_SIZE_AT = FREE_AT;

/** What a transaction left, as its meta page says. */
export interface LmdbMeta {
  /** Bytes. */
  readonly pageSize: number;
  readonly lastPage: number;
  readonly transaction: number;
  /** Of free pages, and of tables. */
  readonly trees: readonly [LmdbTree, LmdbTree];
}

/** What is noted of a tree (MDB_db in mdb.c). */
export interface LmdbTree {
  /** Levels, 0 without pages. */
  readonly depth: number;
  readonly branchPages: number;
  readonly leafPages: number;
  /** Pages that hold a value each that is too large for a leaf, or a part of one. */
  readonly overflowPages: number;
  readonly entries: number;
  readonly root: bigint;
}

/** The bytes of what is noted of a tree. */
export const TREE_BYTES = 48;

/** What is noted of a tree at a place of a page. */
export function treeAt(page: Buffer, at: number): LmdbTree {
  const count = (offset: number): number => Number(page.readBigUInt64LE(at + offset));
  return { depth: page.readUInt16LE(at + 6), branchPages: count(8), leafPages: count(16), overflowPages: count(24), entries: count(32), root: page.readBigUInt64LE(at + 40) };
}

/** The newest transaction of a file; undefined where one of its meta pages is none of LMDB. */
export function newestMeta(fd: number): LmdbMeta | undefined {
  const first = metaAt(fd, 0, 0);
  const second = first && metaAt(fd, 1, first.pageSize);
  if (second === undefined || second.pageSize !== first!.pageSize) return undefined;
  return second.transaction > first!.transaction ? second : first;
}

function metaAt(fd: number, number: number, at: number): LmdbMeta | undefined {
  const page = bytesAt(fd, at, META_BYTES);
  const pageSize = page.readUInt32LE(PAGE_SIZE_AT);
  const isMeta = page.readUInt16LE(FLAGS_AT) === META_PAGE && page.readBigUInt64LE(0) === BigInt(number);
  const isKnown = page.readUInt32LE(MAGIC_AT) === MAGIC && page.readUInt32LE(VERSION_AT) === VERSION && [4_096, 8_192, 16_384, 32_768, 65_536].includes(pageSize);
  if (!isMeta || !isKnown) return undefined;
  return {
    pageSize,
    lastPage: Number(page.readBigUInt64LE(LAST_PAGE_AT)),
    transaction: Number(page.readBigUInt64LE(TRANSACTION_AT)),
    trees: [treeAt(page, FREE_AT), treeAt(page, TABLES_AT)],
  };
}

/** Zeros beyond the end of the file. */
export function bytesAt(fd: number, at: number, bytes: number): Buffer {
  const page = Buffer.alloc(bytes);
  readSync(fd, page, 0, bytes, at);
  return page;
}
