import type { LmdbMeta, LmdbTree } from './lmdb-meta.ts';
import { readLmdbPage, type LmdbPageOptions } from './lmdb-page.ts';

/** What is wrong with a file of LMDB. */
export interface LmdbFlaw {
  readonly page: number;
  readonly flaw: string;
}

export interface LmdbPagesToCheck {
  readonly meta: LmdbMeta;
  /** The bytes of pages from one on, good until the next is asked for. */
  read(page: number, pages: number): Buffer;
}

const EMPTY = 2n ** 64n - 1n; // P_INVALID: a tree without pages
const HEAD = 24;
const [WRITTEN_AT, FLAGS_AT, PAGES_AT] = [8, 18, 20];
const LARGE_VALUE = 4; // P_OVERFLOW
/** What a page was found to be. */
const [META, USED, FREE] = [1, 2, 3];

/**
 * Looks at every page that the trees of a file use, and returns the first that LMDB could end the process over, or that lost its place: one
 * whose head or entries cannot be, that leads astray, that is in use twice, or in use and free; also a tree that holds more or less than is
 * noted of it. It does not look at the values: an altered one is read as it is.
 */
export function flawIn({ meta, read }: LmdbPagesToCheck): LmdbFlaw | undefined {
  const { lastPage, transaction, pageSize, trees: [free, tables] } = meta;
  const found = new Uint8Array(lastPage + 1);
  found.fill(META, 0, 2);

  /** Takes pages for one use; what is wrong with that. */
  const take = (page: bigint, pages: number, as: number): string | undefined => {
    if (page < 0n || pages < 1 || page + BigInt(pages) > BigInt(lastPage) + 1n) return 'that the file does not have';
    for (let at = Number(page); at < Number(page) + pages; at++) {
      if (found[at] !== 0) return found[at] === FREE || as === FREE ? 'that is in use and free' : 'that is in use elsewhere, too';
      found[at] = as;
    }
    return undefined;
  };

  /** The first bytes of a value that has pages of its own. */
  const large = (at: { page: bigint; pages: number; bytes: number }, by: number): Buffer | LmdbFlaw => {
    const { page, pages, bytes } = at;
    const astray = pages === Math.ceil((HEAD + bytes) / pageSize) ? take(page, pages, USED) : 'that are too many or too few for its value';
    if (astray !== undefined) return { page: by, flaw: `leads to pages ${astray}` };
    const value = read(Number(page), pages);
    const isOwn = value.readBigUInt64LE(0) === page && value.readUInt16LE(FLAGS_AT) === LARGE_VALUE && value.readUInt32LE(PAGES_AT) === pages && value.readBigUInt64LE(WRITTEN_AT) <= transaction;
    return isOwn ? Buffer.from(value.subarray(HEAD, HEAD + bytes)) : { page: Number(page), flaw: 'is not of the value that begins there' };
  };

  const freed: { readonly page: number; readonly value: Buffer }[] = [];
  const walk = (tree: LmdbTree, of: LmdbPageOptions['of'], by: number): LmdbFlaw | undefined => {
    const held = { branchPages: 0, leafPages: 0, overflowPages: 0, entries: 0 };
    const left: { page: bigint; by: number; level: number; from?: Buffer | undefined; to?: Buffer | undefined }[] = tree.root === EMPTY ? [] : [{ page: tree.root, by, level: 1 }];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const astray = take(next.page, 1, USED);
      if (astray !== undefined) return { page: next.by, flaw: `leads to a page ${astray}` };
      const number = Number(next.page);
      const page = readLmdbPage(read(number, 1), { number, transaction, of });
      if (typeof page === 'string') return { page: number, flaw: page };
      const { from, to, level } = next;
      if ((page.kind === 'leaf') !== (level === tree.depth)) return { page: number, flaw: 'lies at another depth than it should' };
      const isWithin = of === 'free' || ((from === undefined || Buffer.compare(from, page.first) <= 0) && (to === undefined || Buffer.compare(page.last, to) < 0));
      if (!isWithin) return { page: number, flaw: 'has keys that belong to another' };
      page.below.forEach((one, i) => left.push({ page: one.page, by: number, level: level + 1, from: i === 0 ? from : one.key, to: page.below[i + 1]?.key ?? to }));
      if (page.kind === 'branch') held.branchPages += 1;
      else {
        held.leafPages += 1;
        held.entries += page.entries;
      }
      for (const value of page.values) freed.push({ page: number, value });
      for (const one of page.large) {
        const value = large(one, number);
        if (!Buffer.isBuffer(value)) return value;
        held.overflowPages += one.pages;
        if (of === 'free') freed.push({ page: number, value });
      }
      for (const one of page.trees) {
        const flaw = walk(one, 'table', number);
        if (flaw !== undefined) return flaw;
      }
    }
    const isWhole = (['branchPages', 'leafPages', 'overflowPages', 'entries'] as const).every((what) => held[what] === tree[what]);
    return isWhole ? undefined : { page: by, flaw: `notes ${tree.entries} entries of a tree that has ${held.entries}, or other pages than it has` };
  };

  const flaw = walk(tables, 'tables', 0) ?? walk(free, 'free', 0);
  if (flaw !== undefined) return flaw;
  for (const { page, value } of freed) {
    const pages = freePages(value);
    if (pages === undefined) return { page, flaw: 'does not say which pages are free' };
    for (const [first, count] of pages) {
      const astray = take(first, count, FREE);
      if (astray !== undefined) return { page, flaw: `frees a page ${astray}` };
    }
  }
  return undefined;
}

/** Freed pages as lmdb-js notes them: how many numbers follow, each a page; 0 for none, and before a run of pages how many, below 0. */
function freePages(value: Buffer): [bigint, number][] | undefined {
  const count = value.length < 8 ? -1 : Number(value.readBigUInt64LE(0));
  if (count < 0 || value.length < 8 * (1 + count)) return undefined; // room may be left behind them
  const pages: [bigint, number][] = [];
  for (let at = 8, run = 1; at < 8 * (1 + count); at += 8) {
    const number = value.readBigInt64LE(at);
    if (number < 0n) run = -Number(number);
    else {
      if (number > 0n) pages.push([number, run]);
      run = 1;
    }
  }
  return pages;
}
