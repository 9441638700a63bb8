import { closeSync, openSync, readSync } from 'node:fs';
import { openCsv, type CsvOptions } from './csv-read.ts';
import { fileFault } from './files.ts';
import { openParquet } from './parquet-read.ts';
import type { TableFile } from './table-file.ts';

const MAGIC = 'PAR1';

/** Opens a CSV or a Parquet file, told apart by its first bytes. Throws the Faults of `openCsv` and `openParquet`. */
export async function openTable(path: string, options: Pick<CsvOptions, 'ragged'> = {}): Promise<TableFile> {
  if (headOf(path) === MAGIC) return openParquet(path);
  const { header, rows, close } = await openCsv(path, options);
  return { path, header, count: undefined, rows: () => rows, close };
}

function headOf(path: string): string {
  try {
    const fd = openSync(path, 'r');
    try {
      const head = Buffer.alloc(MAGIC.length);
      return head.toString('latin1', 0, readSync(fd, head));
    } finally {
      closeSync(fd);
    }
  } catch (cause) {
    throw fileFault(path, cause);
  }
}
