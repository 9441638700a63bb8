import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { parquetMetadataAsync, parquetRead, parquetSchema, type AsyncBuffer, type FileMetaData, type ParquetReadOptions } from 'hyparquet';
import { Fault, quote } from './errors.ts';
import { fileFault } from './files.ts';
import type { Datum, TableFile } from './table-file.ts';

/** What of one row group is held in memory, bytes. */
const MOST = 2 ** 30;

const COMPRESSORS: NonNullable<ParquetReadOptions['compressors']> = {
  ZSTD: (bytes) => zstdDecompressSync(bytes),
  GZIP: (bytes) => gunzipSync(bytes),
  BROTLI: (bytes) => brotliDecompressSync(bytes),
};

/**
 * Opens a Parquet file: its columns of the first level, its rows by row groups. A moment is ISO 8601, a whole number that a float64
 * cannot hold is its digits, a list or a struct is JSON. Throws a Fault, here or while rows are read: not Parquet, torn, compressed in
 * an unknown way, no rows, a row group that does not fit into memory.
 */
export async function openParquet(path: string): Promise<TableFile> {
  const { file, close } = openBuffer(path);
  const reading = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      throw cause instanceof Fault ? cause : unreadable(path, cause);
    }
  };
  try {
    const metadata = await reading(() => parquetMetadataAsync(file));
    const header = parquetSchema(metadata).children.map(({ element }) => element.name);
    const count = Number(metadata.num_rows);
    if (count === 0) throw new Fault({ kind: 'input', value: path, rule: 'a header without rows', remedy: 'give a file with at least one row' });
    const rows = (wanted: ReadonlySet<string>): AsyncGenerator<Datum[]> => {
      const columns = header.filter((name) => wanted.has(name));
      return rowsOf({ path, metadata, header, columns, read: (options) => reading(() => parquetRead({ file, metadata, compressors: COMPRESSORS, ...options })) });
    };
    return { path, header, count, rows, close };
  } catch (error) {
    close();
    throw error;
  }
}

interface Reading {
  path: string;
  metadata: FileMetaData;
  header: readonly string[];
  /** Those that are read; the others are null in every row. */
  columns: readonly string[];
  read(options: Pick<ParquetReadOptions, 'columns' | 'rowStart' | 'rowEnd' | 'onChunk'>): Promise<void>;
}

async function* rowsOf({ path, metadata, header, columns, read }: Reading): AsyncGenerator<Datum[]> {
  let start = 0;
  for (const group of metadata.row_groups) {
    const count = Number(group.num_rows);
    const bytes = group.columns.reduce((sum, { meta_data: it }) => sum + (it !== undefined && columns.includes(it.path_in_schema[0]!) ? Number(it.total_uncompressed_size) : 0), 0);
    if (bytes > MOST) {
      throw new Fault({ kind: 'too-large', value: path, rule: `a row group of ${count} rows takes ${Math.ceil(bytes / 2 ** 20)} MB`, remedy: 'write it with smaller row groups' });
    }
    const values = new Map<string, ArrayLike<unknown>[]>(columns.map((name) => [name, []]));
    await read({
      columns: [...columns],
      rowStart: start,
      rowEnd: start + count,
      onChunk: ({ columnName, columnData }) => values.get(columnName)?.push(columnData),
    });
    const places = header.map((name) => values.get(name)?.flatMap((chunk) => Array.from(chunk)));
    for (let row = 0; row < count; row++) yield places.map((column) => (column === undefined ? null : datumOf(column[row])));
    start += count;
  }
}

function datumOf(value: unknown): Datum {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isNaN(value) ? null : value;
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    default:
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
      return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
  }
}

function openBuffer(path: string): { file: AsyncBuffer; close(): void } {
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r');
  } catch (cause) {
    throw fileFault(path, cause);
  }
  const { size } = fstatSync(fd);
  return {
    file: {
      byteLength: size,
      slice(start, end = size) {
        const bytes = new Uint8Array(Math.max(0, end - start));
        if (fd === undefined || readSync(fd, bytes, 0, bytes.length, start) < bytes.length) throw new Error('it ends too soon');
        return bytes.buffer;
      },
    },
    close() {
      if (fd !== undefined) closeSync(fd);
      fd = undefined;
    },
  };
}

const unreadable = (path: string, cause: unknown): Fault =>
  new Fault({ kind: 'input', value: path, rule: `cannot be read as Parquet (${quote(cause instanceof Error ? cause.message : String(cause), 120)})`, remedy: 'write it again, with snappy, zstd or gzip', cause });
