import { closeSync, openSync, readSync, renameSync, existsSync } from 'node:fs';
import { fileFault, writeFully } from '../../base/index.ts';

/** Sorted entries of several tables in files, each of as many as are held in memory at once, to be merged with those of other runs. */
export interface Run {
  put(table: string, key: string, bytes: Uint8Array): void;
  /** Writes what is held. Returns of each table that had entries how many files there are. */
  finish(): ReadonlyMap<string, number>;
}

export interface RunOptions {
  /** Where the nth file of a table lies, from 0. */
  readonly path: (table: string, nth: number) => string;
  /** About so much is held in memory, bytes. */
  readonly most: number;
}

/** Of an entry beside its bytes: its key and its place. */
const OF_ENTRY = 100;

/** Key length u16 · value length u32 · key · value */
const HEAD = 6;
const PIECE = 2 ** 22;

interface Entries {
  readonly keys: string[];
  readonly at: number[];
  bytes: Buffer;
  filled: number;
}

export function createRun({ path, most }: RunOptions): Run {
  const tables = new Map<string, Entries>();
  const files = new Map<string, number>();
  let held = 0;

  const entriesOf = (table: string): Entries => {
    let entries = tables.get(table);
    if (entries === undefined) tables.set(table, (entries = { keys: [], at: [0], bytes: Buffer.allocUnsafe(2 ** 12), filled: 0 }));
    return entries;
  };

  return {
    put(table, key, bytes) {
      const entries = entriesOf(table);
      if (entries.filled + bytes.length > entries.bytes.length) {
        const longer = Buffer.allocUnsafe(2 * (entries.filled + bytes.length));
        entries.bytes.copy(longer, 0, 0, entries.filled);
        entries.bytes = longer;
      }
      entries.bytes.set(bytes, entries.filled);
      entries.filled += bytes.length;
      entries.keys.push(key);
      entries.at.push(entries.filled);
      held += bytes.length + OF_ENTRY;
      if (held > most) write();
    },
    finish() {
      write();
      return files;
    },
  };

  function write(): void {
    for (const [table, { keys, at, bytes }] of tables) {
      const nth = files.get(table) ?? 0;
      files.set(table, nth + 1);
      const order = keys.map((_, i) => i).toSorted((a, b) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : a - b));
      writeWhole(path(table, nth), (entry) => {
        for (const i of order) entry(keys[i]!, bytes.subarray(at[i], at[i + 1]));
      });
    }
    tables.clear();
    held = 0;
  }
}

/** Writes a file under another name first, so that it is whole or not there. */
function writeWhole(path: string, fill: (write: (key: string, value: Uint8Array) => void) => void): void {
  const temporary = `${path}.partial`;
  try {
    const fd = openSync(temporary, 'w', 0o600);
    try {
      let piece = Buffer.allocUnsafe(PIECE);
      let filled = 0;
      const flush = (): void => {
        writeFully(fd, piece.subarray(0, filled));
        filled = 0;
      };
      fill((key, value) => {
        const size = Buffer.byteLength(key);
        const all = HEAD + size + value.length;
        if (filled + all > piece.length) flush();
        if (all > piece.length) piece = Buffer.allocUnsafe(all);
        piece.writeUInt16LE(size, filled);
        piece.writeUInt32LE(value.length, filled + 2);
        piece.write(key, filled + HEAD);
        piece.set(value, filled + HEAD + size);
        filled += all;
      });
      flush();
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, path);
  } catch (cause) {
    throw fileFault(path, cause);
  }
}

/** Where one run stands. Key and value are good until it goes on. */
interface Cursor {
  readonly run: number;
  key: Buffer;
  value: Buffer;
  /** False at its end. */
  next(): boolean;
  close(): void;
}

const READ = 2 ** 18;

function openRun(path: string, run: number): Cursor {
  const fd = openSync(path, 'r');
  let piece = Buffer.allocUnsafe(READ);
  let [at, end] = [0, 0];
  /** Has so many bytes at hand; false where the file ends. */
  const need = (size: number): boolean => {
    if (end - at >= size) return true;
    const longer = size > piece.length ? Buffer.allocUnsafe(2 * size) : Buffer.allocUnsafe(piece.length);
    piece.copy(longer, 0, at, end);
    [piece, end, at] = [longer, end - at, 0];
    for (let read = 1; end < size && read > 0; end += read) read = readSync(fd, piece, end, piece.length - end, null);
    return end >= size;
  };
  return {
    run,
    key: Buffer.alloc(0),
    value: Buffer.alloc(0),
    next() {
      if (!need(HEAD)) return false;
      const [size, length] = [piece.readUInt16LE(at), piece.readUInt32LE(at + 2)];
      if (!need(HEAD + size + length)) throw fileFault(path, new Error('it ends within an entry'));
      this.key = piece.subarray(at + HEAD, at + HEAD + size);
      this.value = piece.subarray(at + HEAD + size, at + HEAD + size + length);
      at += HEAD + size + length;
      return true;
    },
    close: () => closeSync(fd),
  };
}

/** An entry of a run, by its place among the merged ones; key and value are good until the next one is asked for. */
export interface RunEntry {
  readonly run: number;
  readonly key: Buffer;
  readonly value: Buffer;
}

/** The entries of several runs in the order of the keys; of equal keys that of the earlier run first. Files that are not there hold nothing. */
export function* mergeRuns(paths: readonly string[]): Generator<RunEntry> {
  const cursors = paths.flatMap((path, run) => (existsSync(path) ? [openRun(path, run)] : []));
  try {
    const heap: Cursor[] = [];
    for (const cursor of cursors) if (cursor.next()) heap.push(cursor);
    for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(heap, at);
    while (heap.length > 0) {
      yield heap[0]!;
      if (!heap[0]!.next()) {
        const last = heap.pop()!;
        if (heap.length === 0) return;
        heap[0] = last;
      }
      sink(heap, 0);
    }
  } finally {
    for (const cursor of cursors) cursor.close();
  }
}

const isBefore = (a: Cursor, b: Cursor): boolean => (Buffer.compare(a.key, b.key) || a.run - b.run) < 0;

/** Restores the order of a heap, the least at its top, below a place. */
function sink(heap: Cursor[], from: number): void {
  for (let at = from; ; ) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2]) if (child < heap.length && isBefore(heap[child]!, heap[least]!)) least = child;
    if (least === at) return;
    [heap[at], heap[least]] = [heap[least]!, heap[at]!];
    at = least;
  }
}
