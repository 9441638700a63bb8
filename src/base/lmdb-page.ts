import { treeAt, TREE_BYTES, type LmdbTree } from './lmdb-meta.ts';

/**
 * A page of a tree of an LMDB file, checked for what LMDB takes for granted and dies of (MDB_page and MDB_node in mdb.c, 64 bit, as lmdb-js
 * has it: a page begins with its number and the transaction that wrote it, and its entries are counted from behind that head).
 */
export interface LmdbPage {
  readonly kind: 'branch' | 'leaf';
  readonly entries: number;
  readonly first: Buffer;
  readonly last: Buffer;
  /** Of a branch: which pages it leads to, each with the key that theirs begin with, copied; empty for the first. */
  readonly below: readonly { readonly page: bigint; readonly key: Buffer }[];
  /** Of a leaf: the values that lie in pages of their own, with how many those are. */
  readonly large: readonly { readonly page: bigint; readonly pages: number; readonly bytes: number }[];
  /** Of a leaf of the tree of tables. */
  readonly trees: readonly LmdbTree[];
  /** Of a leaf of the tree of free pages: the values that it holds itself, copied. */
  readonly values: readonly Buffer[];
}

export interface LmdbPageOptions {
  readonly number: number;
  /** The newest: none of the pages is newer. */
  readonly transaction: number;
  /** Which tree it is of. */
  readonly of: 'free' | 'tables' | 'table';
}

const HEAD = 24;
const [WRITTEN_AT, FLAGS_AT, LOWER_AT, UPPER_AT] = [8, 18, 20, 22];
const [BRANCH, LEAF] = [1, 2];
const NODE = 8;
const [PLAIN, LARGE, TREE] = [0, 1, 2];
/** Of a value in pages of its own a leaf holds the first, who wrote it, and how many there are. */
const LARGE_BYTES = 24;
const NONE: Buffer = Buffer.alloc(0);

/** What a page holds, or what is wrong with it. Of the first and the last key the buffer is referred to, not copied. */
export function readLmdbPage(bytes: Buffer, { number, transaction, of }: LmdbPageOptions): LmdbPage | string {
  if (bytes.readBigUInt64LE(0) !== BigInt(number)) return 'has the number of another';
  if (bytes.readBigUInt64LE(WRITTEN_AT) > BigInt(transaction)) return 'is newer than the newest transaction';
  const flags = bytes.readUInt16LE(FLAGS_AT);
  if (flags !== BRANCH && flags !== LEAF) return 'is none of a tree';
  const [lower, upper] = [bytes.readUInt16LE(LOWER_AT), bytes.readUInt16LE(UPPER_AT)];
  const room = bytes.length - HEAD;
  const entries = lower >> 1;
  if (lower % 2 !== 0 || lower > upper || upper > room || entries < flags % 2 + 1) return 'does not say how many entries it has';
  const below: { page: bigint; key: Buffer }[] = [];
  const large: { page: bigint; pages: number; bytes: number }[] = [];
  const trees: LmdbTree[] = [];
  const values: Buffer[] = [];
  const inOrder = of === 'free' ? asNumbers : Buffer.compare;
  let filled = 0;
  let first = NONE;
  let before = NONE;
  for (let i = 0; i < entries; i++) {
    const place = bytes.readUInt16LE(HEAD + 2 * i);
    if (place < upper || place + NODE > room) return 'has an entry outside of it';
    const node = HEAD + place;
    const [more, keyBytes] = [bytes.readUInt16LE(node + 4), bytes.readUInt16LE(node + 6)];
    const value = node + NODE + keyBytes;
    const length = flags === BRANCH ? 0 : bytes.readUInt32LE(node);
    const held = flags === LEAF && more === LARGE ? LARGE_BYTES : length;
    if (value + held > bytes.length) return 'has an entry that does not end in it';
    filled += even(NODE + keyBytes + held);
    const key = bytes.subarray(node + NODE, value);
    if (flags === BRANCH) {
      if ((i === 0) !== (keyBytes === 0)) return 'has an entry without a key';
      below.push({ page: BigInt(bytes.readUInt32LE(node)) | (BigInt(more) << 32n), key: Buffer.from(key) });
    } else {
      if (keyBytes === 0) return 'has an entry without a key';
      if (more === LARGE) large.push({ page: bytes.readBigUInt64LE(value), pages: Number(bytes.readBigUInt64LE(value + 16)), bytes: length });
      else if (more === TREE && of === 'tables' && length === TREE_BYTES) trees.push(treeAt(bytes, value));
      else if (more !== PLAIN) return 'has an entry of no known kind';
      else if (of === 'free') values.push(Buffer.from(bytes.subarray(value, value + length)));
    }
    if (i > flags % 2 && inOrder(before, key) >= 0) return 'has keys out of order';
    if (i === flags % 2) first = key;
    before = key;
  }
  if (filled !== room - upper) return 'has entries that do not fill it';
  return { kind: flags === BRANCH ? 'branch' : 'leaf', entries, first, last: before, below, large, trees, values };
}

const even = (bytes: number): number => bytes + (bytes & 1);

/** The keys of the tree of free pages are transactions, as u64. */
const asNumbers = (a: Buffer, b: Buffer): number => (a.length === 8 && b.length === 8 ? Number(a.readBigUInt64LE() - b.readBigUInt64LE()) : 0);
