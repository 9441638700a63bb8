/** A file of LMDB as pages, as its newest transaction left it (MDB_page, MDB_node, MDB_db and MDB_ovpage in LMDB's mdb.c, 64 bit). */
export interface LmdbPages {
  /** Bytes. */
  readonly pageSize: number;
  /** Of the tree of free pages, and of the tree of tables. */
  readonly roots: readonly bigint[];
  /** How many whole pages the file has. */
  readonly count: number;
  /** The bytes of one of them. */
  read(page: number): Buffer;
}

const EMPTY = 2n ** 64n - 1n; // P_INVALID: a tree without pages
const [HEADER_BYTES, FLAGS_AT, LOWER_AT] = [24, 18, 20];
const [BRANCH, LEAF] = [1, 2];
const NODE_BYTES = 8;
const [IN_PAGES_OF_ITS_OWN, IS_TREE] = [1, 2];
/** Where a table says which page its tree begins with. */
const ROOT_AT = 40;

/** Whether a file has every page that its trees use: those that it lacks are free. */
export function hasUsedPages(pages: LmdbPages): boolean {
  const left = [...pages.roots];
  for (let seen = 0; left.length > 0; ) {
    const root = left.pop()!;
    if (root === EMPTY) continue;
    if (root >= pages.count || ++seen > pages.count) return false;
    const below = usedBy(pages.read(Number(root)), root, pages.count);
    if (below === undefined) return false;
    left.push(...below);
  }
  return true;
}

/** The pages of trees to which one leads; undefined where it is no page of a tree, or leads to values in pages that are not there. */
function usedBy(bytes: Buffer, number: bigint, count: number): bigint[] | undefined {
  const kind = bytes.readUInt16LE(FLAGS_AT) & (BRANCH | LEAF);
  if (bytes.readBigUInt64LE(0) !== number || (kind !== BRANCH && kind !== LEAF)) return undefined;
  const below: bigint[] = [];
  const end = HEADER_BYTES + bytes.readUInt16LE(LOWER_AT);
  for (let at = HEADER_BYTES; at < end; at += 2) {
    const node = HEADER_BYTES + (at + 2 <= bytes.length ? bytes.readUInt16LE(at) : bytes.length);
    if (node + NODE_BYTES > bytes.length) return undefined;
    const flags = bytes.readUInt16LE(node + 4);
    const value = node + NODE_BYTES + bytes.readUInt16LE(node + 6);
    if (kind === BRANCH) below.push(BigInt(bytes.readUInt32LE(node)) | (BigInt(flags) << 32n));
    else if ((flags & IN_PAGES_OF_ITS_OWN) !== 0) {
      if (value + 24 > bytes.length || bytes.readBigUInt64LE(value) + bytes.readBigUInt64LE(value + 16) > count) return undefined;
    } else if ((flags & IS_TREE) !== 0) {
      if (value + ROOT_AT + 8 > bytes.length) return undefined;
      below.push(bytes.readBigUInt64LE(value + ROOT_AT));
    }
  }
  return below;
}
